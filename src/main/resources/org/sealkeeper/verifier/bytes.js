/** Bytes and their texts. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** Something is not of the form that it must have. Its message says what was expected. */
export class Malformed extends Error {}

export function expect(holds, message) {
  if (!holds) {
    throw new Malformed(message);
  }
}

/** Half a surrogate pair has no bytes: a replacement would let two texts read alike. */
export function utf8(text) {
  expect(text.isWellFormed(), 'expected Unicode, found half a surrogate pair');
  return encoder.encode(text);
}

export function textOf(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Malformed('expected UTF-8');
  }
}

export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function areEqual(one, other) {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Lowercase hexadecimal. */
export function hex(bytes) {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of hexadecimal digits, two for each. */
export function ofHex(digits) {
  expect(/^([0-9a-f]{2})*$/.test(digits), 'expected lowercase hexadecimal');
  return Uint8Array.from(digits.match(/../g) ?? [], pair => parseInt(pair, 16));
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}
