/** Trees of hashes (RFC 6962 section 2.1). */
import {sha256, areEqual} from './bytes.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The most siblings of a leaf in a tree below 2^63. */
export const MAX_HASHES = 63;
export const HASH_BYTES = 32;

export const leafHash = entry => sha256(LEAF, entry);

const nodeHash = (left, right) => sha256(NODE, left, right);

/**
 * Whether the siblings, from the leaf up, lead from it to the root (RFC 9162 section 2.1.3.2).
 *
 * @param index of the leaf, and size of the tree: BigInts. The size must come from where the root does
 */
export async function isInTree(leaf, index, size, hashes, root) {
  if (index < 0n || index >= size) {
    return false;
  }
  let [node, last, hash, used] = [index, size - 1n, leaf, 0];
  while (last > 0n) {
    const isRight = (node & 1n) === 1n;
    if (isRight || node < last) {
      if (used === hashes.length) {
        return false;
      }
      const sibling = hashes[used++];
      hash = await (isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling));
    }
    node >>= 1n;
    last >>= 1n;
  }
  return used === hashes.length && areEqual(hash, root);
}
