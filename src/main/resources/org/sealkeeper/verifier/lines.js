/** The lines of a file that need not fit into memory. */
import {Malformed} from './bytes.js';

/** No line of a chain is as long: what is behind it need not be kept. */
const MAX_LINE = 1 << 16;

/** @param blob of UTF-8, where a byte order mark before the first line is none of its content */
export async function* linesOf(blob) {
  let rest = '';
  for await (const text of textsOf(blob)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    yield* lines;
    if (rest.length > MAX_LINE) {
      break;
    }
  }
  yield rest;
}

/** Not every browser lets a stream be iterated. */
async function* textsOf(blob) {
  const reader = blob.stream().pipeThrough(new TextDecoderStream('utf-8', {fatal: true})).getReader();
  try {
    for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) {
      yield value;
    }
  } catch (e) {
    throw e instanceof TypeError ? new Malformed('expected UTF-8') : e;
  } finally {
    reader.cancel().catch(() => {});
  }
}
