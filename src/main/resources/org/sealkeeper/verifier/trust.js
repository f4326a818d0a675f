/** Whom those who judge believe: keys that they brought, never what a bundle says. */
import {Malformed, expect} from './bytes.js';
import {logKeysOf} from './vkey.js';
import {policyOf, noQuorum} from './policy.js';
import {signersOf} from './signers.js';

/**
 * Reads what is trusted; each part may be missing, and what needs it is then unknown.
 *
 * @param vkeys the keys of one log, one vkey a line
 * @param policy the witnesses, and where vkeys are missing, the log (C2SP tlog-policy)
 * @param keys files of keys that sign blocks, each a JWK Set or PEM
 * @throws Malformed if something is not of its form, or contradicts the rest
 */
export async function readTrust({vkeys = '', policy = '', keys = []}) {
  const given = policy === '' ? {logs: [], quorum: noQuorum()} : await named('the witness policy', policyOf(policy));
  const logs = vkeys.trim() === '' ? given.logs : await named("the log's keys", logKeysOf(vkeys));
  expect(vkeys.trim() === '' || given.logs.length === 0, 'the witness policy names a log, and keys of a log were given, too: give one of the two');
  return {logs, quorum: given.quorum, signers: await named('the keys that sign blocks', signersOf(keys))};
}

async function named(name, reading) {
  try {
    return await reading;
  } catch (e) {
    throw e instanceof Malformed ? new Malformed(`${name}: ${e.message}`) : e;
  }
}
