/** As much of DER (X.690) as keys, signatures and certificates need. */
import {expect, concat, textOf, hex, Malformed} from './bytes.js';

export const SEQUENCE = 0x30;
const INTEGER_TAG = 0x02;
const VERSION_TAG = 0xa0;

/** The first value of the bytes: its tag, its content, and where it ends. */
export function derAt(bytes, from = 0) {
  expect(from + 2 <= bytes.length, 'expected DER');
  const first = bytes[from + 1];
  const digits = first < 0x80 ? 0 : first - 0x80;
  expect(digits <= 3 && first !== 0x80 && from + 2 + digits <= bytes.length, 'expected DER');
  const length = digits === 0 ? first : bytes.slice(from + 2, from + 2 + digits).reduce((size, digit) => size * 256 + digit, 0);
  expect(digits === 0 || length >= (digits === 1 ? 0x80 : 256 ** (digits - 1)), 'expected DER with lengths in their shortest form');
  const begin = from + 2 + digits;
  expect(begin + length <= bytes.length, 'expected DER, found its end');
  return {tag: bytes[from], content: bytes.slice(begin, begin + length), end: begin + length, whole: bytes.slice(from, begin + length)};
}

/** The values within a value. */
export function derItems(content) {
  const items = [];
  for (let at = 0; at < content.length; at = items.at(-1).end) {
    items.push(derAt(content, at));
  }
  return items;
}

/** The values of one sequence, and nothing behind it. */
export function derSequence(bytes) {
  const {tag, content, end} = derAt(bytes);
  expect(tag === SEQUENCE && end === bytes.length, 'expected one DER sequence');
  return derItems(content);
}

/** The bytes of an integer that is not negative, without a zero before them. */
export function derUnsigned({tag, content}) {
  const isShortest = content.length > 0 && (content[0] !== 0 || content.length === 1 || content[1] >= 0x80);
  expect(tag === INTEGER_TAG && isShortest && content[0] < 0x80, 'expected a DER integer of 0 or more');
  return content[0] === 0 ? content.slice(1) : content;
}

/** A signature of ECDSA as r and s of this many bytes each, out of the DER sequence of them. */
export function p1363(der, size) {
  const numbers = derSequence(der).map(derUnsigned);
  expect(numbers.length === 2 && numbers.every(number => number.length <= size), 'expected a DER sequence of r and s');
  return concat(...numbers.flatMap(number => [new Uint8Array(size - number.length), number]));
}

/** The SubjectPublicKeyInfo of a certificate (RFC 5280 section 4.1), and whom it names. */
export function certificateOf(der) {
  const [signed] = derSequence(der);
  const parts = derItems(signed.content);
  const [, , issuer, , subject, spki] = parts[0].tag === VERSION_TAG ? parts.slice(1) : parts;
  expect(spki?.tag === SEQUENCE, 'expected a certificate');
  return {subject: nameOf(subject), issuer: nameOf(issuer), spki: spki.whole};
}

const ATTRIBUTES = {'550403': 'CN', '550406': 'C', '550407': 'L', '550408': 'ST', '55040a': 'O', '55040b': 'OU', '550405': 'SERIALNUMBER'};

/** As RFC 2253 writes it, the most specific part first. For people: what is odd in it is not escaped. */
function nameOf({content}) {
  return derItems(content).reverse().flatMap(part => derItems(part.content)).map(attribute => {
    const [type, value] = derItems(attribute.content);
    return `${ATTRIBUTES[hex(type.content)] ?? 'OID-' + hex(type.content)}=${shownText(value.content)}`;
  }).join(', ');
}

function shownText(bytes) {
  try {
    return textOf(bytes);
  } catch (e) {
    if (e instanceof Malformed) {
      return '#' + hex(bytes);
    }
    throw e;
  }
}
