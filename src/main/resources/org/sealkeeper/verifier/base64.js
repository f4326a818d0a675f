/** Base64 (RFC 4648), one text for one sequence of bytes: stray bits in the last character, which others overlook, are refused. */
import {Malformed, expect} from './bytes.js';

export function base64(bytes) {
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** The bytes of standard base64 with padding (section 4), in whatever spelling. */
export function ofLenientBase64(text) {
  // What atob overlooks, and others do not.
  expect(/^[A-Za-z0-9+/]*={0,2}$/.test(text), 'expected base64');
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    throw new Malformed('expected base64');
  }
}

/** The bytes of standard base64 with padding, in its one spelling. */
export function ofBase64(text) {
  const bytes = ofLenientBase64(text);
  expect(base64(bytes) === text, 'expected canonical base64 with padding');
  return bytes;
}

/** Base64url without padding (section 5), as JOSE has it. */
export function base64url(bytes) {
  return base64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

export function ofBase64url(text) {
  expect(/^[A-Za-z0-9_-]*$/.test(text), 'expected canonical base64url without padding');
  const bytes = ofLenientBase64(text.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(text.length / 4) * 4, '='));
  expect(base64url(bytes) === text, 'expected canonical base64url without padding');
  return bytes;
}
