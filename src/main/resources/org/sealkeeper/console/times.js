/** Shows times in the reader's own time zone; the one of the record, in UTC, stays where the pointer rests. */
const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export function localize(root) {
  for (const element of root.querySelectorAll('time[datetime]')) {
    const time = new Date(element.dateTime);
    if (!Number.isNaN(time.valueOf())) {
      element.title = element.dateTime;
      element.textContent = format.format(time);
    }
  }
}

localize(document);
