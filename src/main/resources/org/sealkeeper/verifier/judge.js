/**
 * The one entry for those who use these modules: judges with WebCrypto, and touches neither page nor network.
 *
 *     const {outcome, claims} = await judge(bundleText, {vkeys, policy, keys: [jwks]});
 *
 * Trust is texts that the auditor brings: `vkeys` (keys of one log, one a line), `policy` (C2SP tlog-policy) and `keys` (a list of JWK Sets,
 * PEM public keys or PEM certificates). What is missing is not judged.
 */
import {Malformed} from './bytes.js';
import {readTrust} from './trust.js';
import {evidenceOf} from './evidence.js';
import {claimsOf, outcomeOf} from './claims.js';
import {walkChain} from './chain.js';

const LOG_KEYS = 'the keys of the log: a file of vkeys, or a witness policy that names the log';
const SIGNERS = 'the keys that sign blocks: a JWK Set, PEM public keys or PEM certificates';

/**
 * Judges a bundle of evidence.
 *
 * @returns `valid`; `outcome`: 'valid', 'invalid' or 'unjudged'; `claims`, each with `name`, `verdict` ('true', 'false', 'unknown') and
 *     `why`; `missing`: what must be brought for a verdict; `evidence` as it was read; and where nothing was judged at all, `why`
 */
export async function judge(bundleText, trust) {
  return orUnjudged({claims: [], missing: []}, async () => {
    const evidence = readEvidence(bundleText);
    const trusted = await readTrust(trust);
    const claims = await claimsOf(evidence, trusted);
    const outcome = outcomeOf(evidence, claims);
    return {valid: outcome === 'valid', outcome, claims, evidence, missing: missingOf(evidence, trusted)};
  });
}

/**
 * Judges the export of a chain.
 *
 * @param ndjson its text, or an async iterable of its lines where it is long
 * @param expected what is known of the chain: `chain` (its name), `head` (the hash of its newest block), `anchor` (HEIGHT:HASH of the block
 *     below the first one), `isIncreasing` (heights only rise)
 * @param progress is told how many lines were read
 * @returns `valid`; `outcome` as above; `chain`, `blocks`, `first`, `last`, `head`, `keys` of a valid one; else `line`, `height` and `why`
 */
export async function judgeChain(ndjson, trust, expected = {}, progress = () => {}) {
  return orUnjudged({missing: []}, async () => {
    const {signers} = await readTrust(trust);
    if (signers.size === 0) {
      return {valid: false, outcome: 'unjudged', why: 'no keys that sign blocks were given', missing: [SIGNERS]};
    }
    const lines = typeof ndjson === 'string' ? ndjson.replace(/^\ufeff/, '').split('\n') : ndjson;
    const verdict = await walkChain(lines, signers, expected, progress);
    return {valid: verdict.outcome === 'valid', missing: [], ...verdict};
  });
}

function missingOf({about}, {logs, signers}) {
  return [...logs.length === 0 ? [LOG_KEYS] : [], ...about === 'block' && signers.size === 0 ? [SIGNERS] : []];
}

function readEvidence(text) {
  try {
    return evidenceOf(text);
  } catch (e) {
    throw e instanceof Malformed ? new Malformed(`not a bundle of evidence: ${e.message}`) : e;
  }
}

async function orUnjudged(empty, judging) {
  if (!globalThis.crypto?.subtle) {
    return {valid: false, outcome: 'unjudged', why: 'this browser has no WebCrypto here: open the file from a disk, or over https', ...empty};
  }
  try {
    return await judging();
  } catch (e) {
    if (e instanceof Malformed) {
      return {valid: false, outcome: 'unjudged', why: e.message, ...empty};
    }
    throw e;
  }
}
