/** Public keys and their signatures, judged by WebCrypto: ECDSA on P-256 and P-384, RSA-PSS of 3072 bits, Ed25519. */
import {Malformed, expect, concat, areEqual, ofHex, utf8, sha256} from './bytes.js';
import {base64url} from './base64.js';
import {derSequence, derItems, derUnsigned} from './der.js';

/** A signature is of a type that this browser cannot check: neither right nor wrong. */
export class NotCheckable extends Error {}

/** What comes before the bytes of a key in its SubjectPublicKeyInfo (RFC 5480, RFC 8410); a key has no other encoding. */
const P256 = ofHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');
const P384 = ofHex('3076301006072a8648ce3d020106052b8104002203620004');
const ED25519 = ofHex('302a300506032b6570032100');
const RSA_OID = ofHex('06092a864886f70d010101');
const RSA_PSS_OID = ofHex('06092a864886f70d01010a');
const RSA_BYTES = 384;

/** By their JOSE names (RFC 7518 section 3.1, RFC 8037). */
const ALGORITHMS = {
  ES256: {key: {name: 'ECDSA', namedCurve: 'P-256'}, signature: {name: 'ECDSA', hash: 'SHA-256'}, bytes: 64},
  ES384: {key: {name: 'ECDSA', namedCurve: 'P-384'}, signature: {name: 'ECDSA', hash: 'SHA-384'}, bytes: 96},
  PS256: {key: {name: 'RSA-PSS', hash: 'SHA-256'}, signature: {name: 'RSA-PSS', saltLength: 32}, bytes: RSA_BYTES},
  EdDSA: {key: {name: 'Ed25519'}, signature: {name: 'Ed25519'}, bytes: 64},
};

export function isOffered(algorithm) {
  return Object.hasOwn(ALGORITHMS, algorithm);
}

/** A key that says by itself which algorithm it is for: here every type of key has exactly one. */
export class PublicKey {
  constructor(algorithm, keyId, key) {
    this.algorithm = algorithm;
    /** The RFC 7638 thumbprint. */
    this.keyId = keyId;
    this.key = key;
  }

  /** The key of a DER SubjectPublicKeyInfo. */
  static async of(spki) {
    const {algorithm, members, usual} = partsOf(spki);
    const thumbprint = base64url(await sha256(utf8(JSON.stringify(members))));
    return new PublicKey(algorithm, thumbprint, await imported(algorithm, usual));
  }

  /** Whether the signature, in JWS form, is this key's over the message. */
  async verifies(message, signature) {
    const {signature: parameters, bytes} = ALGORITHMS[this.algorithm];
    if (this.key === null) {
      throw new NotCheckable(`this browser cannot check signatures of ${this.algorithm}`);
    }
    return signature.length === bytes && crypto.subtle.verify(parameters, this.key, signature, message);
  }
}

/** Null where the browser does not have the algorithm. */
async function imported(algorithm, spki) {
  try {
    return await crypto.subtle.importKey('spki', spki, ALGORITHMS[algorithm].key, false, ['verify']);
  } catch (e) {
    if (e.name === 'NotSupportedError') {
      return null;
    }
    throw new Malformed('expected a public key that is well-formed');
  }
}

/** The algorithm of a key, and the members of its JWK that the thumbprint is of, in their order (RFC 7638 section 3). */
function partsOf(spki) {
  for (const [algorithm, crv, prefix, size] of [['ES256', 'P-256', P256, 32], ['ES384', 'P-384', P384, 48]]) {
    if (startsWith(spki, prefix, 2 * size)) {
      const x = base64url(spki.slice(prefix.length, prefix.length + size));
      return {algorithm, members: {crv, kty: 'EC', x, y: base64url(spki.slice(prefix.length + size))}, usual: spki};
    }
  }
  if (startsWith(spki, ED25519, 32)) {
    return {algorithm: 'EdDSA', members: {crv: 'Ed25519', kty: 'OKP', x: base64url(spki.slice(ED25519.length))}, usual: spki};
  }
  return rsaPartsOf(spki);
}

function startsWith(spki, prefix, more) {
  return spki.length === prefix.length + more && areEqual(spki.slice(0, prefix.length), prefix);
}

/** Also of a key that its certificate has for RSASSA-PSS alone (RFC 4055 section 1.2): PS256 is. */
function rsaPartsOf(spki) {
  const [type, bits, ...more] = derSequence(spki);
  const oid = derItems(type?.content ?? [])[0]?.whole ?? [];
  expect(more.length === 0 && bits?.content[0] === 0 && [RSA_OID, RSA_PSS_OID].some(rsa => areEqual(oid, rsa)),
      'expected a key of P-256, P-384, Ed25519 or RSA of 3072 bits');
  const [n, e, ...rest] = derSequence(bits.content.slice(1)).map(derUnsigned);
  expect(rest.length === 0 && n?.length === RSA_BYTES && n[0] >= 0x80 && e?.length > 0, 'expected an RSA key of 3072 bits');
  return {algorithm: 'PS256', members: {e: base64url(e), kty: 'RSA', n: base64url(n)}, usual: rsaSpki(n, e)};
}

export function rsaSpki(n, e) {
  const numbers = derOf(0x30, concat(derOf(0x02, unsigned(n)), derOf(0x02, unsigned(e))));
  const type = derOf(0x30, concat(RSA_OID, ofHex('0500')));
  return derOf(0x30, concat(type, derOf(0x03, concat(new Uint8Array(1), numbers))));
}

function unsigned(number) {
  return number[0] >= 0x80 ? concat(new Uint8Array(1), number) : number;
}

function derOf(tag, content) {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return concat(Uint8Array.of(tag, ...length), content);
}

export function ecSpki(curve, x, y) {
  const [prefix, size] = curve === 'P-256' ? [P256, 32] : [P384, 48];
  expect(x.length === size && y.length === size, `expected coordinates of ${size} bytes`);
  return concat(prefix, x, y);
}

export function ed25519Spki(x) {
  expect(x.length === 32, 'expected a key of 32 bytes');
  return concat(ED25519, x);
}

export function isP256(spki) {
  return startsWith(spki, P256, 64);
}
