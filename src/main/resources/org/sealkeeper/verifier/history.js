/** What leaves say of a key. That none is left out, a bundle cannot prove: who reads the whole log can. */
import {holds, fails, unknown} from './claim.js';

/** That all leaves are of one key, in the order of the log. */
export function judgeHistory(steps) {
  const name = 'key-history';
  const key = steps[0].leaf.get('keyId');
  return typeof key === 'string' && areOf(steps, key)
    ? holds(name, `${steps.length} leaves say what became of the key ${key}`)
    : fails(name, 'the leaves are not of one key, in the order of the log');
}

/**
 * Whether the key was one that signs when a leaf says that it signed, and is not doubted for that time.
 *
 * @param signed the leaf that says so, and its proof
 */
export function judgeUse(steps, key, signed) {
  const name = 'key-in-use';
  if (steps.length === 0) {
    return unknown(name, `the log of the bundle says nothing of the key ${key}`);
  }
  if (!areOf(steps, key)) {
    return fails(name, `the leaves of the key's history are not of the key${key && ` ${key}`}`);
  }
  const time = signed.leaf.get('time') ?? '';
  // Times of leaves are texts of one form, which compare as the times do.
  const doubted = steps.map(step => step.leaf.get('compromisedSince')).find(since => typeof since === 'string' && since <= time);
  if (doubted) {
    return fails(name, `the key is compromised since ${doubted}, and this was signed at ${time}`);
  }
  const last = steps.filter(step => indexOf(step) < indexOf(signed) && step.leaf.get('operation') !== 'import-certificate').at(-1);
  if (!last) {
    return unknown(name, 'no leaf from before the signature says that the key was made');
  }
  return last.leaf.get('operation') === 'create-key' || last.leaf.get('keyState') === 'active'
    ? holds(name, 'the key was made before, and of the leaves in the bundle none ended its use until then')
    : fails(name, `the leaf ${indexOf(last)} says that the key signed no more before that`);
}

export function indexOf(step) {
  return step.proof?.index ?? -1n;
}

function areOf(steps, key) {
  return steps.every((step, at) => step.leaf.get('keyId') === key && indexOf(step) > (at === 0 ? -1n : indexOf(steps[at - 1])));
}
