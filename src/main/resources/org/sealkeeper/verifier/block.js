/** Signed blocks as the API gives them out (docs/api.md), alone or of a batch with one signature (docs/formats/block-batch.md). */
import {Malformed, expect, utf8, ofHex} from './bytes.js';
import {plainObjectOf} from './json.js';
import {leafHash, isInTree} from './tree.js';
import {jwsOf, isSignedBy} from './jws.js';

const BLOCK_TYPE = 'block+jws';
const BATCH_TYPE = 'block-batch+jws';
const MAX_LEAVES = 65_536n;
const MAX_BATCH_HASHES = 16;
const MAX_STATEMENT_LENGTH = 512;
const STATEMENT = /^\{"blockHash":"([^"]+)","chain":"([^"]+)","height":(0|[1-9][0-9]{0,15}),"previousHash":"([^"]+)","signedAt":"([^"]+)"\}$/;
const BATCH = /^\{"leafCount":([1-9][0-9]{0,4}),"root":"([0-9a-f]{64})","signedAt":"([^"]+)"\}$/;

/**
 * Judges one signed block.
 *
 * @param json as the API gives it
 * @param signers whose signatures count
 * @returns what the signed statement says and the keyId; or a refusal, with isMalformed where it cannot be read
 * @throws NotCheckable if this browser does not have the algorithm
 */
export async function judgeBlock(json, signers) {
  let members;
  let jws;
  try {
    members = membersOf(json);
  } catch (e) {
    return refused(e, 'not a signed block: ', true);
  }
  try {
    jws = jwsOf(members.signature);
  } catch (e) {
    return refused(e, 'not a block signature: ', true);
  }
  try {
    const signed = await signedStatementOf(jws, members, signers);
    return signed.refusal ? signed : {...signed, ...contradictionOf(members.others, signed)};
  } catch (e) {
    return refused(e, 'not a block signature: ', false);
  }
}

function refused(e, prefix, isMalformed) {
  if (e instanceof Malformed) {
    return {refusal: prefix + e.message, isMalformed};
  }
  throw e;
}

/** The height that a line states, to name it in a refusal; proves nothing. */
export function statedHeight(json) {
  try {
    return plainObjectOf(json).get('height');
  } catch {
    return undefined;
  }
}

function membersOf(json) {
  const others = plainObjectOf(json);
  const [signature, statement, proof] = ['signature', 'statement', 'proof'].map(name => {
    const value = others.get(name);
    others.delete(name);
    return value;
  });
  expect(typeof signature === 'string', "expected a JWS in 'signature'");
  if (statement === undefined && proof === undefined) {
    return {signature, others};
  }
  expect(typeof statement === 'string' && proof instanceof Map, "expected text in 'statement' and an object in 'proof'");
  return {signature, others, batched: {statement, ...batchProofOf(proof)}};
}

function batchProofOf(proof) {
  const [index, count, hashes] = ['leafIndex', 'leafCount', 'hashes'].map(name => proof.get(name));
  expect(proof.size === 3 && typeof index === 'bigint' && typeof count === 'bigint' && Array.isArray(hashes),
      "expected leafIndex, leafCount and hashes in 'proof'");
  expect(count >= 1n && count <= MAX_LEAVES && hashes.length <= MAX_BATCH_HASHES,
      `expected a leafCount of 1 to ${MAX_LEAVES} and at most ${MAX_BATCH_HASHES} hashes`);
  expect(index >= 0n && index < count, `expected an index from 0 to below the size ${count}, found ${index}`);
  expect(hashes.every(hash => /^[0-9a-f]{64}$/.test(hash)), 'expected hashes of 64 lowercase hexadecimal digits');
  return {index, count, hashes: hashes.map(ofHex)};
}

/** The signed typ alone says what a signature is of, so that neither kind is ever taken for the other. */
async function signedStatementOf(jws, {batched}, signers) {
  if (jws.type !== BLOCK_TYPE && jws.type !== BATCH_TYPE) {
    return {refusal: `expected typ ${BLOCK_TYPE} or ${BATCH_TYPE}, found another`};
  }
  if (jws.type === BLOCK_TYPE && batched) {
    return {refusal: 'expected no statement and no proof beside a signature of one block'};
  }
  if (jws.type === BATCH_TYPE && !batched) {
    return {refusal: 'expected the statement and the proof beside the signature of a batch'};
  }
  const key = signers.find(jws.keyId);
  if (!key) {
    return {refusal: signers.whyNot(jws.keyId)};
  }
  if (!await isSignedBy(jws, key)) {
    return {refusal: `the signature is not that of key ${jws.keyId}`};
  }
  if (batched && !await isInBatch(batched, batchOf(jws.payload))) {
    return {refusal: 'the proof does not show that the statement is in the signed batch'};
  }
  return {...statementOf(batched ? batched.statement : jws.payload), keyId: key.keyId, algorithm: key.algorithm, isOfBatch: Boolean(batched)};
}

async function isInBatch({statement, index, count, hashes}, batch) {
  return count === batch.leafCount && isInTree(await leafHash(utf8(statement)), index, count, hashes, batch.root);
}

function batchOf(json) {
  const [, leafCount, root, signedAt] = BATCH.exec(json) ?? [];
  expect(root !== undefined, 'expected the canonical JSON of leafCount, root and signedAt');
  expect(BigInt(leafCount) <= MAX_LEAVES, `expected 1 to ${MAX_LEAVES} leaves, found ${leafCount}`);
  expectTime(signedAt);
  return {leafCount: BigInt(leafCount), root: ofHex(root)};
}

/** One statement has one text, so that two signatures over different bytes are never the same statement. */
function statementOf(json) {
  expect(json.length <= MAX_STATEMENT_LENGTH, `expected a block statement of at most ${MAX_STATEMENT_LENGTH} bytes`);
  const [, blockHash, chain, height, previousHash, signedAt] = STATEMENT.exec(json) ?? [];
  expect(chain !== undefined, 'expected the canonical JSON of blockHash, chain, height, previousHash and signedAt');
  expect(/^[a-z0-9][a-z0-9-]{0,62}$/.test(chain), "expected a chain name of 1 to 63 characters a-z, 0-9 and '-'");
  expect(Number.isSafeInteger(Number(height)), `expected a height from 0 to ${Number.MAX_SAFE_INTEGER}`);
  expect([blockHash, previousHash].every(isBlockHash), 'expected 20 to 64 bytes of lowercase hexadecimal');
  expectTime(signedAt);
  return {chain, height: BigInt(height), previousHash, blockHash, signedAt};
}

export function isBlockHash(text) {
  return /^([0-9a-f]{2}){20,64}$/.test(text);
}

function expectTime(text) {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
  expect(isTime, 'expected signedAt as yyyy-MM-ddTHH:mm:ss.SSSZ');
}

/** What stands beside the signature must repeat it exactly, since readers tend to look there. */
function contradictionOf(others, signed) {
  const repeated = ['algorithm', 'blockHash', 'chain', 'height', 'keyId', 'previousHash', 'signedAt'];
  const differing = repeated.find(name => others.get(name) !== signed[name]);
  if (differing) {
    return {refusal: `expected '${differing}' to be the signed ${signed[differing]}`};
  }
  const odd = [...others].find(([name, value]) => !repeated.includes(name) && !isAboutAudit(name, value));
  return odd ? {refusal: `expected no member '${odd[0]}', or not with this value`} : {};
}

/** The place in the appliance's own record, and the proof of it; neither says anything about the block. */
function isAboutAudit(name, value) {
  return name === 'auditIndex' ? typeof value === 'bigint' && value >= 0n : ['auditLog', 'auditProof'].includes(name) && typeof value === 'string';
}
