/** What a log commits itself to by signing (C2SP tlog-checkpoint). */
import {expect, utf8} from './bytes.js';
import {ofBase64} from './base64.js';
import {HASH_BYTES} from './tree.js';

const MAX_ORIGIN_BYTES = 255;

/** A number from 0 to 2^63 - 1 in its one spelling. */
export function decimalOf(text) {
  expect(/^(?:0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) < 1n << 63n, 'expected a decimal number below 2^63 without leading zeros');
  return BigInt(text);
}

export function hashOf(text) {
  const hash = ofBase64(text);
  expect(hash.length === HASH_BYTES, `expected a hash of ${HASH_BYTES} bytes, found ${hash.length}`);
  return hash;
}

export function checkpointOf(text) {
  expect(text.endsWith('\n'), 'expected a checkpoint that ends with a line feed');
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  expect(root !== undefined, 'expected the lines origin, size and root');
  expect(origin !== '' && utf8(origin).length <= MAX_ORIGIN_BYTES, `expected an origin of 1 to ${MAX_ORIGIN_BYTES} bytes`);
  expect(extensions.every(line => line !== ''), 'expected extension lines that are not empty');
  return {origin, size: decimalOf(size), root: hashOf(root)};
}
