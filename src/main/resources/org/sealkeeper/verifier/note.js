/** Texts with signatures under them (C2SP signed-note). */
import {expect, utf8} from './bytes.js';
import {ofLenientBase64, base64} from './base64.js';

const MAX_NOTE_BYTES = 1 << 20;
const MAX_SIGNATURES = 100;
const KEY_ID_BYTES = 4;

/** Without Unicode spaces, control characters and '+'. */
export function isKeyName(name) {
  return /^[^\s\p{Z}\p{Cc}\p{Cs}+]+$/u.test(name);
}

/** The whole as text, the text that is signed, and the lines under it. */
export function noteOf(note) {
  expect(utf8(note).length <= MAX_NOTE_BYTES, `expected a note of at most ${MAX_NOTE_BYTES} bytes`);
  const gap = note.lastIndexOf('\n\n');
  expect(gap >= 0 && note.endsWith('\n'), 'expected a text, an empty line and signature lines');
  const text = note.slice(0, gap + 1);
  expect(!/[\u0000-\u0009\u000b-\u001f]/.test(text), 'expected a text without control characters');
  const lines = note.slice(gap + 2).split('\n').slice(0, -1);
  expect(lines.length >= 1 && lines.length <= MAX_SIGNATURES, `expected 1 to ${MAX_SIGNATURES} signature lines`);
  return {whole: note, text, lines: lines.map(lineOf)};
}

/** The key of a line must be known before its spelling can be judged: lines of others are not. */
function lineOf(line) {
  const space = line.lastIndexOf(' ');
  expect(line.startsWith('\u2014 ') && space >= 2, "expected a signature line '\u2014 <name> <base64>'");
  const [name, text] = [line.slice(2, space), line.slice(space + 1)];
  const blob = ofLenientBase64(text);
  expect(isKeyName(name) && blob.length > KEY_ID_BYTES, 'expected a name, a key id and a signature in a signature line');
  return {name, keyId: blob.slice(0, KEY_ID_BYTES), signature: blob.slice(KEY_ID_BYTES), isCanonical: base64(blob) === text};
}
