/** That leaves are in a log, that the log that is trusted signed so, and that witnesses saw it. */
import {proves} from './tlog-proof.js';
import {judgeCheckpoint, titles} from './checkpoint-judge.js';
import {indexOf} from './history.js';
import {holds, fails, unknown} from './claim.js';

/** To one checkpoint: else leaves of another log, or of one that no witness saw, could stand beside those that are believed. */
export async function leavesInLog(leaves) {
  const name = 'in-log';
  for (const {entry, proof} of leaves) {
    if (!proof || !await proves(proof, entry)) {
      return fails(name, 'the proof of a leaf does not show that it is in the tree of its checkpoint');
    }
    if (proof.note.whole !== leaves[0].proof.note.whole) {
      return fails(name, 'the leaves are not proven to one checkpoint');
    }
  }
  return holds(name, `each of ${leaves.length} leaves is in the tree of the checkpoint`);
}

export async function checkpointSigned(leaves, trust) {
  const name = 'checkpoint-signed';
  if (trust.logs.length === 0) {
    return unknown(name, 'no keys of the log were given');
  }
  let unchecked = [];
  for (const {proof} of leaves) {
    const judged = proof ? await judgeCheckpoint(proof, trust) : {refusal: 'there is no checkpoint'};
    if (judged.refusal) {
      return fails(name, judged.refusal);
    }
    if (judged.undecided) {
      return unknown(name, judged.undecided);
    }
    unchecked = judged.unchecked;
  }
  const limits = unchecked.length === 0 ? '' : `; could not be checked by this browser, and counted for nothing: ${titles(unchecked)}`;
  return holds(name, 'the log whose keys were given signed the checkpoint' + limits);
}

export async function witnessed({proof}, trust) {
  const name = 'witnessed';
  if (trust.quorum.witnesses.size === 0) {
    return unknown(name, 'no witnesses were named (a witness policy)');
  }
  if (!proof || trust.logs.length === 0) {
    return unknown(name, proof ? 'no keys of the log were given' : 'there is no checkpoint');
  }
  const {refusal, cosigners, mightCosign} = await judgeCheckpoint(proof, trust);
  if (refusal) {
    return fails(name, refusal);
  }
  if (trust.quorum.isMetBy(cosigners)) {
    return holds(name, `${cosigners.length} of the witnesses named cosigned the checkpoint`);
  }
  return trust.quorum.isMetBy(mightCosign)
    ? unknown(name, `enough only with cosignatures that this browser cannot check: ${titles(mightCosign.filter(key => !cosigners.includes(key)))}`)
    : fails(name, `the policy asks for more than the ${cosigners.length} witnesses that cosigned the checkpoint`);
}

/** That the leaves before the last one are those that it names. */
export function namedLeaves({leaves}) {
  const name = 'named-leaves';
  const last = leaves.at(-1).leaf;
  const odd = leaves.slice(0, -1).find(before => ![last.get('begun'), last.get('emergency')].includes(indexOf(before)));
  return odd
    ? fails(name, `the leaf ${indexOf(odd)} is not named by the last one`)
    : holds(name, 'the last leaf names those before it');
}
