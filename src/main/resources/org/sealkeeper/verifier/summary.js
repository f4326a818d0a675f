/** The verdict on all that was given, in plain words. */
import {hindrancesOf} from './claims.js';
import {claimTitle, subjectOf} from './words.js';

/** @param results of judge and judgeChain */
export function summaryOf(results) {
  const of = outcome => results.filter(result => result.outcome === outcome);
  const count = results.length;
  if (count === 0) {
    return {outcome: 'idle', title: 'Nothing to judge yet', missing: [],
      sentence: 'Bring a bundle of evidence or the export of a chain, and the keys that you trust.'};
  }
  if (of('invalid').length > 0) {
    return {outcome: 'invalid', title: count === 1 ? 'Not valid' : `${of('invalid').length} of ${count} are not valid`, missing: [],
      sentence: contradictionOfResult(of('invalid')[0])};
  }
  if (of('unjudged').length > 0) {
    return {outcome: 'unjudged', title: count === 1 ? 'Cannot be judged' : `${of('unjudged').length} of ${count} cannot be judged`,
      missing: [...new Set(results.flatMap(result => result.missing))], sentence: hindranceOf(of('unjudged')[0])};
  }
  return {outcome: 'valid', title: count === 1 ? 'Valid' : `All ${count} are valid`, missing: [], sentence: proofOfResult(results[0], count)};
}

function contradictionOfResult({claims, why, height}) {
  const claim = claims?.find(judged => judged.verdict === 'false');
  const place = height === undefined ? '' : `At height ${height}: `;
  return claim ? `It does not hold that \u201c${lowered(claimTitle(claim.name))}\u201d: ${claim.why}.` : `${place}${why}.`;
}

function hindranceOf({missing, why, evidence, claims}) {
  if (missing.length > 0) {
    return 'Nothing in a file is believed because it stands there. What is missing:';
  }
  return `${why ?? hindrancesOf(evidence, claims)[0].why}.`;
}

function proofOfResult({evidence, chain, blocks, claims}, count) {
  const open = (claims ?? []).filter(claim => claim.verdict === 'unknown').length;
  const limits = ['', ' One further claim was not judged: it stands below.'][open] ?? ` ${open} further claims were not judged: they stand below.`;
  if (count > 1) {
    return 'Each follows from the keys that you brought, and nothing contradicts it.';
  }
  return evidence
    ? `${subjectOf(evidence)}: this follows from the keys that you brought, and nothing contradicts it.${limits}`
    : `Chain ${chain}: every signature and every link of ${blocks} blocks holds.`;
}

const lowered = text => text[0].toLowerCase() + text.slice(1);
