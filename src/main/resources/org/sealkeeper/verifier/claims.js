/** Judges every claim of a bundle, with nothing but what is trusted. The names, verdicts and order are those of `sealkeeper evidence verify`. */
import {leavesInLog, checkpointSigned, witnessed, namedLeaves} from './log-claims.js';
import {blockClaims} from './block-claims.js';
import {decidedByPolicy} from './decision.js';
import {certificateOfKey} from './certificate.js';
import {judgeHistory} from './history.js';

const NEEDED = {
  block: ['block-signed', 'recorded', 'in-log', 'checkpoint-signed'],
  leaf: ['in-log', 'checkpoint-signed', 'named-leaves'],
  key: ['in-log', 'checkpoint-signed', 'key-history'],
};

/** All claims that a bundle of its kind makes. */
export async function claimsOf(evidence, trust) {
  const all = [...evidence.leaves, ...evidence.history];
  const subject = evidence.leaves.at(-1);
  const ofLog = [await leavesInLog(all), await checkpointSigned(all, trust), await witnessed(all.at(-1), trust)];
  switch (evidence.about) {
    case 'block': {
      const [signed, ...others] = await blockClaims(evidence, trust);
      return [signed, ...ofLog, await decidedByPolicy(subject, evidence.policy), ...others, namedLeaves(evidence)];
    }
    case 'leaf':
      return [...ofLog, await decidedByPolicy(subject, evidence.policy), namedLeaves(evidence)];
    default:
      return [...ofLog, judgeHistory(evidence.history), await certificateOfKey(evidence.certificates, evidence.history[0].leaf.get('keyId') ?? '')];
  }
}

/** Nothing contradicts it, and what it is about follows from what is trusted. */
export function outcomeOf(evidence, claims) {
  if (claims.some(claim => claim.verdict === 'false')) {
    return 'invalid';
  }
  return isProven(evidence, claims) ? 'valid' : 'unjudged';
}

function isProven({about}, claims) {
  return NEEDED[about].every(name => claims.some(claim => claim.name === name && claim.verdict === 'true'));
}

/** The claims that keep a bundle from being valid although nothing contradicts it. */
export function hindrancesOf({about}, claims) {
  return claims.filter(claim => claim.verdict === 'unknown' && NEEDED[about].includes(claim.name));
}
