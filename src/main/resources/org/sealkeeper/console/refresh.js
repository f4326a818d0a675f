/** Looks again every few seconds while somebody looks, and leaves the page alone while somebody uses it. */
import { localize } from './times.js';

const SECONDS = 10;
const content = document.getElementById('content');

function isInUse() {
  return document.hidden || content.contains(document.activeElement) || !window.getSelection().isCollapsed;
}

async function refresh() {
  if (isInUse()) {
    return;
  }
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const open = [...content.querySelectorAll('details')].map((element) => element.open);
  content.replaceChildren(...page.getElementById('content').childNodes);
  content.querySelectorAll('details').forEach((element, i) => { element.open = open[i] ?? false; });
  localize(content);
}

setInterval(() => { refresh().catch(() => {}); }, SECONDS * 1000);
