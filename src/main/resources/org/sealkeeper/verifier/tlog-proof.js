/** A proof that fits into a file (C2SP tlog-proof): that an entry is in a log, and the signed checkpoint it is proven to. */
import {expect, utf8} from './bytes.js';
import {ofBase64} from './base64.js';
import {MAX_HASHES, leafHash, isInTree} from './tree.js';
import {checkpointOf, decimalOf, hashOf} from './checkpoint.js';
import {noteOf} from './note.js';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** An extra line is allowed, and ignored: nothing proves it. */
export function tlogProofOf(proof) {
  const gap = proof.indexOf('\n\n');
  const [header, ...lines] = proof.slice(0, Math.max(gap, 0)).split('\n');
  expect(header === HEADER, `expected a proof that starts with ${HEADER}`);
  if (lines[0]?.startsWith('extra ')) {
    ofBase64(lines.shift().slice('extra '.length));
  }
  expect(lines[0]?.startsWith('index '), "expected a line 'index <number>'");
  const index = decimalOf(lines.shift().slice('index '.length));
  expect(lines.length <= MAX_HASHES, `expected at most ${MAX_HASHES} hashes`);
  const note = noteOf(proof.slice(gap + 2));
  return {index, hashes: lines.map(hashOf), note, checkpoint: checkpointOf(note.text)};
}

/** Whether the entry is where the proof says, in the tree of its checkpoint; who signed that is another question. */
export async function proves({index, hashes, checkpoint}, entry) {
  return isInTree(await leafHash(utf8(entry)), index, checkpoint.size, hashes, checkpoint.root);
}
