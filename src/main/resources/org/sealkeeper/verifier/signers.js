/** The keys that sign blocks, as an auditor holds them: a JWK Set (RFC 7517), PEM public keys, PEM certificates. */
import {Malformed, expect} from './bytes.js';
import {ofBase64url, ofLenientBase64} from './base64.js';
import {certificateOf} from './der.js';
import {PublicKey, ecSpki, ed25519Spki, rsaSpki} from './signature.js';

/** Of all registered types (RFC 7518 section 6, RFC 8037 section 2) and of those to come (AKP). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** The keys whose signatures count; there is no other source of keys. */
export class Signers {
  #keys = new Map();
  #ignored = new Map();

  get size() {
    return this.#keys.size;
  }

  add(key) {
    this.#keys.set(key.keyId, key);
  }

  ignore(kid, why) {
    this.#ignored.set(kid, why);
  }

  find(keyId) {
    return this.#keys.get(keyId);
  }

  whyNot(keyId) {
    return this.#ignored.has(keyId)
      ? `key ${keyId} is among the trusted keys, but not understood: it ${this.#ignored.get(keyId)}`
      : `key ${keyId} is not among the trusted keys`;
  }
}

/** The keys of all these files. */
export async function signersOf(files) {
  const signers = new Signers();
  for (const file of files) {
    const before = signers.size;
    await (file.trimStart().startsWith('{') ? addJwkSet(file, signers) : addPem(file, signers));
    expect(signers.size > before || before > 0, 'expected a JWK Set, PEM public keys or certificates, found no key that is understood');
  }
  return signers;
}

async function addJwkSet(json, signers) {
  for (const jwk of jwksOf(json)) {
    expect(!PRIVATE.some(name => Object.hasOwn(jwk, name)), 'expected public keys only, found a private or symmetric one: treat it as compromised');
    try {
      const key = await PublicKey.of(spkiOf(jwk));
      const why = complaintOf(jwk, key);
      why ? signers.ignore(key.keyId, why) : signers.add(key);
    } catch (e) {
      if (!(e instanceof Malformed)) {
        throw e;
      }
      signers.ignore(jwk.kid, 'is not a well-formed key of P-256, P-384, Ed25519 or RSA of 3072 bits');
    }
  }
}

function jwksOf(json) {
  try {
    const {keys} = JSON.parse(json);
    expect(Array.isArray(keys) && keys.every(key => key !== null && typeof key === 'object'), 'expected a list of keys');
    return keys;
  } catch {
    throw new Malformed("expected a JWK Set: an object with a list of objects in 'keys'");
  }
}

function spkiOf(jwk) {
  const bytes = name => {
    expect(typeof jwk[name] === 'string', `expected text in '${name}'`);
    return ofBase64url(jwk[name]);
  };
  if (jwk.kty === 'EC' && (jwk.crv === 'P-256' || jwk.crv === 'P-384')) {
    return ecSpki(jwk.crv, bytes('x'), bytes('y'));
  }
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    return ed25519Spki(bytes('x'));
  }
  expect(jwk.kty === 'RSA', 'expected a key of P-256, P-384, Ed25519 or RSA');
  return rsaSpki(bytes('n'), bytes('e'));
}

function complaintOf({kid, alg, use, key_ops: operations}, key) {
  if (kid !== undefined && kid !== key.keyId) {
    return `has another kid than its RFC 7638 thumbprint ${key.keyId}`;
  }
  if (alg !== undefined && alg !== key.algorithm) {
    return `is for another alg, expected alg ${key.algorithm}`;
  }
  if (use !== undefined && use !== 'sig') {
    return 'is for another use, expected use sig';
  }
  return operations !== undefined && !operations.includes('verify') ? 'is for other operations, expected verify in key_ops' : undefined;
}

/** A file that is named is trusted, with all keys in it: of a certificate only the key counts, neither its issuer nor its dates. */
async function addPem(pem, signers) {
  for (const [, label, text] of pem.matchAll(PEM)) {
    const der = ofLenientBase64(text.replaceAll(/\s/g, ''));
    expect(label === 'PUBLIC KEY' || label === 'CERTIFICATE',
        `expected only public keys and certificates, found ${label}; a private key never belongs in a file of trusted keys`);
    signers.add(await PublicKey.of(label === 'CERTIFICATE' ? certificateOf(der).spki : der));
  }
}
