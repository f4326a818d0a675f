/** A JWS in compact form (RFC 7515 section 7.1), read so strictly that no two texts are the same signature written differently. */
import {expect, utf8, textOf} from './bytes.js';
import {ofBase64url} from './base64.js';
import {plainObjectOf, textIn} from './json.js';
import {isOffered} from './signature.js';

const MAX_LENGTH = 8192;

export function jwsOf(compact) {
  expect(compact.length <= MAX_LENGTH, `expected a JWS of at most ${MAX_LENGTH} characters`);
  const parts = compact.split('.');
  expect(parts.length === 3, `expected a JWS of 3 parts, found ${parts.length}`);
  const [header, payload, signature] = parts.map(ofBase64url);
  return {...headerOf(textOf(header)), payload: textOf(payload), signature, signingInput: utf8(`${parts[0]}.${parts[1]}`)};
}

/** Exactly these three: a signature never brings the key that judges it. */
function headerOf(json) {
  const header = plainObjectOf(json);
  expect(header.size === 3 && ['alg', 'kid', 'typ'].every(name => header.has(name)),
      `expected the JWS header to have exactly alg, kid and typ, found ${[...header.keys()]}`);
  const [algorithm, keyId, type] = ['alg', 'kid', 'typ'].map(name => textIn(header, name));
  expect(isOffered(algorithm), 'expected alg ES256, ES384, PS256 or EdDSA');
  expect(/^[A-Za-z0-9_-]{43}$/.test(keyId), 'expected a key id of 43 characters of base64url (RFC 7638 thumbprint)');
  return {algorithm, keyId, type};
}

/** The key decides the algorithm: a header can never choose how it is judged. */
export async function isSignedBy(jws, key) {
  return jws.keyId === key.keyId && jws.algorithm === key.algorithm && key.verifies(jws.signingInput, jws.signature);
}
