/** Tells files apart by their content, whatever they are called. */

/**
 * What is JSON is nothing else, whatever texts it has; and what could be evidence is never keys: a bundle cannot bring what it is judged by.
 */
const JSON_KINDS = [
  ['bundle', 'a bundle of evidence', /"(format"\s*:\s*"sealkeeper-evidence|about"\s*:|leaves"\s*:)/],
  ['chain', 'the export of a chain', /^\s*\{[^\n]*"blockHash"\s*:/],
  ['keys', 'keys that sign blocks (JWK Set)', /"keys"\s*:\s*\[/],
];
const TEXT_KINDS = [
  ['private', 'a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['keys', 'keys that sign blocks (PEM)', /-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/],
  ['policy', 'a witness policy', /^[ \t]*(log|witness|group|quorum)[ \t]+\S/m],
  ['vkeys', 'keys of the log (vkeys)', /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*\s*$/m],
];

/** How much of a file is looked at. */
export const RECOGNISED_BY_BYTES = 1 << 16;

/** @returns `kind` and `title`; of what is not known, kind is 'unknown' */
export function recognise(text) {
  const kinds = /^\s*\{/.test(text) ? JSON_KINDS : TEXT_KINDS;
  const [kind, title] = kinds.find(([, , pattern]) => pattern.test(text)) ?? ['unknown', 'not recognised'];
  return {kind, title};
}

/** The trust that these texts are, each with a kind: what `judge` takes. */
export function trustOf(items) {
  const texts = kind => items.filter(item => item.kind === kind).map(item => item.text);
  const lines = [...new Set(texts('vkeys').flatMap(text => text.split(/\r?\n/)))];
  return {vkeys: lines.join('\n'), policy: texts('policy').join(''), keys: texts('keys')};
}
