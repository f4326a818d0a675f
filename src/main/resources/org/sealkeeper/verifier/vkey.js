/** The keys under which notes are judged (C2SP signed-note vkeys), of logs and of witnesses (C2SP tlog-cosignature). */
import {expect, utf8, sha256, hex, areEqual, Malformed} from './bytes.js';
import {ofBase64} from './base64.js';
import {p1363} from './der.js';
import {PublicKey, NotCheckable, ed25519Spki, isP256} from './signature.js';
import {isKeyName} from './note.js';

const ED25519_TYPE = 1;
const ECDSA_TYPE = 2;
const COSIGNATURE_TYPE = 4;
const ML_DSA_44_TYPE = 6;
const ML_DSA_44_BYTES = 1312;
const MAX_NAME_BYTES = 255;
const TIME_BYTES = 8;

export const KNOWN_TYPES = '1, 2, 4, 6';

/** A key of a note's signer. Of a type that is not known, or that no browser can check, its lines are recognised and not judged. */
export class VerifierKey {
  constructor(name, keyId, type, encoded, publicKey) {
    this.name = name;
    this.keyId = keyId;
    this.type = type;
    this.encoded = encoded;
    this.publicKey = publicKey;
  }

  static async parse(vkey) {
    const [, name, id, text] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey) ?? [];
    expect(text !== undefined && isKeyName(name), 'expected a vkey <name>+<key id>+<base64>');
    expect(utf8(name).length <= MAX_NAME_BYTES, `expected a key's name of at most ${MAX_NAME_BYTES} bytes`);
    const typeAndKey = ofBase64(text);
    expect(typeAndKey.length > 0, 'expected a vkey with a key type, found an empty one');
    const [type, encoded] = [typeAndKey[0], typeAndKey.slice(1)];
    const publicKey = await publicKeyOf(type, encoded);
    const key = new VerifierKey(name, id, type, encoded, publicKey);
    if (key.isKnown) {
      const hashed = await (type === ECDSA_TYPE ? sha256(encoded) : sha256(utf8(name + '\n'), typeAndKey));
      expect(hex(hashed.slice(0, 4)) === id, 'expected the key id to be that of the key, found another');
    }
    return key;
  }

  /** As messages name it. */
  get title() {
    return `${this.name}+${this.keyId}`;
  }

  get isKnown() {
    return [ED25519_TYPE, ECDSA_TYPE, COSIGNATURE_TYPE, ML_DSA_44_TYPE].includes(this.type);
  }

  get isTimed() {
    return this.type === COSIGNATURE_TYPE || this.type === ML_DSA_44_TYPE;
  }

  hasKeyOf(other) {
    return areEqual(this.encoded, other.encoded);
  }

  isMeantBy(line) {
    return line.name === this.name && hex(line.keyId) === this.keyId;
  }

  /**
   * Whether this key signed the note.
   *
   * @throws Malformed if there is a line of it that is not its signature: the whole note is then invalid
   * @throws NotCheckable if there is a line of it that this browser cannot check
   */
  async hasSigned(note) {
    const lines = note.lines.filter(line => this.isMeantBy(line));
    for (const line of lines) {
      expect(await this.#made(line, note.text), `expected the signature of ${this.title}, found a wrong one`);
    }
    return lines.length > 0;
  }

  /** Anything malformed is not. */
  async #made(line, text) {
    try {
      return line.isCanonical && await this.#verifies(text, line.signature);
    } catch (e) {
      if (e instanceof Malformed) {
        return false;
      }
      throw e;
    }
  }

  async #verifies(text, signature) {
    switch (this.type) {
      case ED25519_TYPE:
        return this.publicKey.verifies(utf8(text), signature);
      case ECDSA_TYPE:
        return this.publicKey.verifies(utf8(text), p1363(signature, 32));
      case COSIGNATURE_TYPE:
        return this.#verifiesTimed(text, signature);
      default:
        throw new NotCheckable(`no browser checks signatures of ${this.type === ML_DSA_44_TYPE ? 'ML-DSA-44' : 'type ' + this.type}`);
    }
  }

  /** What a witness signs is the time, too. */
  async #verifiesTimed(text, signature) {
    expect(signature.length > TIME_BYTES, 'expected a time before the signature');
    const seconds = new DataView(signature.buffer, signature.byteOffset).getBigInt64(0);
    expect(seconds >= 0n, 'expected a time after 1970');
    return this.publicKey.verifies(utf8(`cosignature/v1\ntime ${seconds}\n${text}`), signature.slice(TIME_BYTES));
  }
}

async function publicKeyOf(type, encoded) {
  switch (type) {
    case ED25519_TYPE:
    case COSIGNATURE_TYPE:
      return PublicKey.of(ed25519Spki(encoded));
    case ECDSA_TYPE:
      expect(isP256(encoded), 'expected a P-256 key in its usual DER form');
      return PublicKey.of(encoded);
    case ML_DSA_44_TYPE:
      expect(encoded.length === ML_DSA_44_BYTES, `expected a key of ${ML_DSA_44_BYTES} bytes`);
      return null;
    default:
      return null;
  }
}

/** The keys of one log, one on each line. */
export async function logKeysOf(vkeys) {
  const keys = [];
  for (const [index, line] of vkeys.split(/\r?\n/).entries()) {
    if (line.trim() !== '') {
      await atLine(index + 1, async () => {
        const key = await VerifierKey.parse(line);
        expect(!keys.some(known => known.hasKeyOf(key)), 'expected a new key, found that of a line before');
        expect(keys.every(known => known.name === key.name), `expected the same log as before, found '${key.name}'`);
        keys.push(key);
      });
    }
  }
  expect(keys.some(key => key.isKnown), `expected a vkey of a type known here, which are ${KNOWN_TYPES}`);
  return keys;
}

/** Errors of this begin with the line's number. */
export async function atLine(number, read) {
  try {
    await read();
  } catch (e) {
    throw e instanceof Malformed ? new Malformed(`line ${number}: ${e.message}`) : e;
  }
}
