/** That a block was signed, follows the one before it, and is the one that the log recorded. */
import {NotCheckable} from './signature.js';
import {judgeBlock} from './block.js';
import {certificateOfKey} from './certificate.js';
import {judgeUse} from './history.js';
import {holds, fails, unknown} from './claim.js';

export async function blockClaims(evidence, trust) {
  const others = ['links-to-predecessor', 'recorded', 'certificate-of-key', 'key-in-use'];
  const unjudged = why => [unknown('block-signed', why), ...others.map(name => unknown(name, 'the signature of the block was not judged'))];
  if (trust.signers.size === 0) {
    return unjudged('no keys that sign blocks were given');
  }
  try {
    const block = await judgeBlock(evidence.block, trust.signers);
    const {keyId = ''} = block;
    return [
      block.refusal
        ? fails('block-signed', block.refusal)
        : holds('block-signed', `block ${block.height} of chain ${block.chain}, hash ${block.blockHash}, is signed with the key ${keyId}, which is trusted`),
      await linked(block, evidence.predecessor, trust),
      recorded(block, evidence.leaves.at(-1).leaf),
      await certificateOfKey(evidence.certificates, block.refusal ? '' : keyId),
      judgeUse(evidence.history, block.refusal ? '' : keyId, evidence.leaves.at(-1)),
    ];
  } catch (e) {
    if (e instanceof NotCheckable) {
      return unjudged(e.message);
    }
    throw e;
  }
}

async function linked(block, predecessor, trust) {
  const name = 'links-to-predecessor';
  if (predecessor === undefined) {
    return unknown(name, 'the bundle has no block before it');
  }
  try {
    const before = await judgeBlock(predecessor, trust.signers);
    if (before.refusal) {
      return fails(name, `the block before it: ${before.refusal}`);
    }
    const isLinked = !block.refusal && before.chain === block.chain && before.height < block.height && before.blockHash === block.previousHash;
    return isLinked
      ? holds(name, `its previousHash is the hash of block ${before.height}, which is signed, too`)
      : fails(name, 'its previousHash is not the hash of the block in the bundle');
  } catch (e) {
    if (e instanceof NotCheckable) {
      return unknown(name, `the block before it: ${e.message}`);
    }
    throw e;
  }
}

function recorded(block, leaf) {
  const name = 'recorded';
  const said = {operation: 'sign-block', outcome: 'done', ...block};
  const isOfThis = !block.refusal
      && ['operation', 'outcome', 'chain', 'height', 'blockHash', 'previousHash', 'keyId'].every(member => leaf.get(member) === said[member]);
  return isOfThis
    ? holds(name, `the leaf says that this block was signed, with this key, at ${leaf.get('time') ?? 'an unknown time'}`)
    : fails(name, 'the leaf says something else than that this block was signed with this key');
}
