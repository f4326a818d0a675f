/** Leaves of the audit log (docs/formats/audit-leaf.md): flat objects in canonical JSON. */
import {expect} from './bytes.js';
import {plainObjectOf, canonical} from './json.js';

const FORMAT = 1n;
const NUMBERS = ['begun', 'count', 'emergency', 'fromVersion', 'handover', 'height', 'keyVersion', 'logSize', 'v'];
const TEXTS = ['authentication', 'blockHash', 'caller', 'chain', 'claims', 'compromisedSince', 'dataKey', 'decision', 'issuer', 'justification',
  'key', 'keyId', 'keyState', 'log', 'logRoot', 'operation', 'outcome', 'policy', 'previousHash', 'purpose', 'reason', 'recipient',
  'recipientKey', 'requestId', 'rule', 'sequence', 'since', 'subject', 'time', 'token', 'tokenId'];

/** The members of an entry. */
export function leafOf(entry) {
  const members = plainObjectOf(entry);
  expect([...members.values()].every(value => typeof value === 'string' || typeof value === 'bigint'), 'expected a leaf of texts and integers');
  expect(canonical(members) === entry, 'expected a leaf in canonical JSON (RFC 8785)');
  expect(typeof members.get('v') === 'bigint', 'expected a leaf that says the version of its format');
  if (members.get('v') === FORMAT) {
    for (const [name, value] of members) {
      const isOther = typeof value === 'string' ? NUMBERS.includes(name) : TEXTS.includes(name);
      expect(!isOther, `expected another type of value in '${name}'`);
    }
  }
  return members;
}
