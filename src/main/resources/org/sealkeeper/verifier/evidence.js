/** A bundle that proves one thing (docs/formats/evidence.md). Nothing in it is believed because it is there. */
import {Malformed, expect} from './bytes.js';
import {objectOf, canonical, textIn} from './json.js';
import {tlogProofOf} from './tlog-proof.js';
import {leafOf} from './leaf.js';

export const MAX_BUNDLE_BYTES = 1 << 24;

const FORMAT_NAME = 'sealkeeper-evidence/1';
const OPTIONAL = ['block', 'predecessor', 'policy'];

/** Reads a bundle, and refuses anything but what Sealkeeper writes, byte by byte. */
export function evidenceOf(text) {
  const json = objectOf(text);
  const about = textIn(json, 'about');
  expect(['block', 'leaf', 'key'].includes(about), 'expected a bundle about a block, a leaf or a key');
  const evidence = {about, certificates: textsIn(json, 'certificates'), leaves: leavesIn(json, 'leaves'), history: leavesIn(json, 'history')};
  OPTIONAL.filter(name => json.has(name)).forEach(name => evidence[name] = textIn(json, name));
  expectComplete(evidence);
  expect(canonicalTextOf(evidence) === text, 'expected a bundle as Sealkeeper writes it, byte by byte');
  return {...evidence, leaves: evidence.leaves.map(read), history: evidence.history.map(read)};
}

function expectComplete({about, block, predecessor, certificates, leaves, history, policy}) {
  const isWithoutBlock = block === undefined && predecessor === undefined;
  const isComplete = {
    block: block !== undefined && leaves.length > 0,
    leaf: isWithoutBlock && leaves.length > 0 && history.length === 0 && certificates.length === 0,
    key: isWithoutBlock && leaves.length === 0 && history.length > 0 && policy === undefined,
  }[about];
  expect(isComplete, 'expected a block, leaves, or the history of a key, as it is about one of these, and nothing else');
}

function canonicalTextOf(evidence) {
  const leaves = list => list.map(leaf => new Map(Object.entries(leaf)));
  return canonical(new Map(Object.entries({...evidence, format: FORMAT_NAME, leaves: leaves(evidence.leaves), history: leaves(evidence.history)})));
}

function itemsIn(json, name) {
  const items = json.get(name);
  expect(Array.isArray(items), `expected a list in '${name}'`);
  return items;
}

function textsIn(json, name) {
  const texts = itemsIn(json, name);
  expect(texts.every(text => typeof text === 'string'), `expected texts alone in '${name}'`);
  return texts;
}

function leavesIn(json, name) {
  return itemsIn(json, name).map(leaf => {
    expect(leaf instanceof Map, `expected objects in '${name}'`);
    return {entry: textIn(leaf, 'entry'), proof: textIn(leaf, 'proof')};
  });
}

/** The leaf that an entry is, and its proof; a proof that cannot be read proves nothing. */
function read({entry, proof}) {
  return {entry, leaf: leafOf(entry), proof: proofOf(proof)};
}

function proofOf(text) {
  try {
    return tlogProofOf(text);
  } catch (e) {
    if (e instanceof Malformed) {
      return undefined;
    }
    throw e;
  }
}
