/** Judges a whole chain (newline-delimited JSON of signed blocks): every signature, every link, every height. */
import {expect} from './bytes.js';
import {NotCheckable} from './signature.js';
import {judgeBlock, statedHeight, isBlockHash} from './block.js';

/** Several times the longest signed block. */
const MAX_LINE_LENGTH = 16_384;

/** How far one reading has come: the block it stands on, and the rules for the next step. */
class ChainWalk {
  blocks = 0;
  keys = new Set();

  constructor({chain, head, anchor, isIncreasing = false}) {
    this.chain = chain || undefined;
    this.head = head || undefined;
    this.below = anchor ? anchorOf(anchor) : undefined;
    this.isIncreasing = isIncreasing;
  }

  /** Steps onto the block, or gives the reason why it may not stand here. */
  step(block) {
    const refusal = this.#foreign(block) ?? (this.below ? this.#misplacedAbove(block) : this.#misplacedAtStart(block));
    if (!refusal) {
      this.chain = block.chain;
      this.first ??= block.height;
      this.below = {height: block.height, hash: block.blockHash};
      this.keys.add(block.keyId);
      this.blocks++;
    }
    return refusal;
  }

  /** What the whole is worth, now that it has ended. */
  end() {
    if (this.first === undefined) {
      return {outcome: 'invalid', line: 0, why: 'expected at least one block, found none'};
    }
    if (this.head && this.head !== this.below.hash) {
      return {outcome: 'invalid', line: this.blocks, height: this.below.height,
        why: `expected the chain to end with block ${this.head}, found ${this.below.hash}`};
    }
    return {outcome: 'valid', chain: this.chain, blocks: this.blocks, first: this.first, last: this.below.height, keys: [...this.keys],
      head: this.below.hash, isHeadKnown: Boolean(this.head)};
  }

  #foreign(block) {
    return this.chain && this.chain !== block.chain ? `expected a block of chain ${this.chain}, found one of ${block.chain}` : undefined;
  }

  #misplacedAtStart(block) {
    if (block.height === 0n) {
      return brokenLink(block, '0'.repeat(block.blockHash.length));
    }
    return this.isIncreasing ? undefined : `expected the chain to begin at height 0, or above a given anchor, found height ${block.height}`;
  }

  #misplacedAbove(block) {
    if (block.height === this.below.height + 1n) {
      return brokenLink(block, this.below.hash);
    }
    const isAbove = block.height > this.below.height;
    if (this.isIncreasing) {
      return isAbove ? undefined : `expected a height above ${this.below.height}, found ${block.height}`;
    }
    return `${isAbove ? 'hole in the chain: ' : ''}expected height ${this.below.height + 1n}, found ${block.height}`;
  }
}

function brokenLink(block, link) {
  return block.previousHash === link ? undefined : `broken link: expected previousHash ${link}, found ${block.previousHash}`;
}

function anchorOf(text) {
  const [, height, hash] = /^([0-9]{1,16}):([0-9a-f]+)$/.exec(text) ?? [];
  expect(hash !== undefined && isBlockHash(hash), 'expected the block below the first one as HEIGHT:HASH');
  return {height: BigInt(height), hash};
}

/**
 * @param lines of the export, an iterable or an async one, in rising order of heights
 * @param signers whose signatures count
 * @param expected what is known of the chain before reading it
 * @param progress is told of each line how many were read
 */
export async function walkChain(lines, signers, expected, progress) {
  const walk = new ChainWalk(expected);
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() !== '') {
      const refusal = await refusalOf(walk, number, line, signers);
      if (refusal) {
        return refusal;
      }
      progress(number);
    }
  }
  return walk.end();
}

async function refusalOf(walk, number, line, signers) {
  if (line.length > MAX_LINE_LENGTH) {
    return {outcome: 'unjudged', line: number, why: `not a signed block: expected a line of at most ${MAX_LINE_LENGTH} bytes`};
  }
  try {
    const block = await judgeBlock(line, signers);
    if (block.isMalformed) {
      return {outcome: 'unjudged', line: number, why: block.refusal};
    }
    const why = block.refusal ?? walk.step(block);
    return why ? {outcome: 'invalid', line: number, height: statedHeight(line), why} : undefined;
  } catch (e) {
    if (e instanceof NotCheckable) {
      return {outcome: 'unjudged', line: number, height: statedHeight(line), why: e.message};
    }
    throw e;
  }
}
