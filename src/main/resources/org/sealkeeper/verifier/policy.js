/** Which witnesses must have cosigned a checkpoint (C2SP tlog-policy). */
import {expect} from './bytes.js';
import {VerifierKey, KNOWN_TYPES, atLine} from './vkey.js';

const NONE = 'none';

/** How many of which witnesses; of none, where no policy was given. */
class Quorum {
  witnesses = new Map();
  groups = new Map();
  required = NONE;

  /** Whether these are enough; those that are not known here do not count. */
  isMetBy(cosigners) {
    const met = new Set([...this.witnesses].filter(([, key]) => cosigners.includes(key)).map(([name]) => name));
    for (const [name, {threshold, members}] of this.groups) {
      if (members.filter(member => met.has(member)).length >= threshold) {
        met.add(name);
      }
    }
    return this.required === NONE || met.has(this.required);
  }
}

/** Reads the lines of a policy. */
class PolicyReader {
  logs = [];
  quorum = new Quorum();
  isComplete = false;
  #members = new Set();

  async read(line) {
    expect(!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line), 'expected no control characters but tabs, found another');
    const words = line.split(/[ \t]+/).filter(word => word !== '');
    if (words.length > 0 && !words[0].startsWith('#')) {
      await this.#take(words, line);
    }
  }

  async #take([kind, ...words], line) {
    const expectForm = (holds, form) => expect(holds, `expected '${form}', found '${line}'`);
    switch (kind) {
      case 'log':
        expectForm(words.length === 1 || words.length === 2, 'log <vkey> [url]');
        return this.#addLog(words[0]);
      case 'witness':
        expectForm(words.length === 2 || words.length === 3, 'witness <name> <vkey> [url]');
        return this.#addWitness(words[0], words[1]);
      case 'group':
        expectForm(words.length >= 3, 'group <name> all|any|<k> <members>');
        return this.#addGroup(words[0], words[1], words.slice(2));
      case 'quorum':
        expectForm(words.length === 1, 'quorum <name>|none');
        return this.#require(words[0]);
      default:
        return expectForm(false, 'log, witness, group or quorum');
    }
  }

  async #addLog(vkey) {
    const key = await VerifierKey.parse(vkey);
    expectNew(key, this.logs);
    this.logs.push(key);
  }

  async #addWitness(name, vkey) {
    this.#expectNewName(name);
    const key = await VerifierKey.parse(vkey);
    expect(key.isTimed || !key.isKnown, "expected a witness's key, of type 4 or 6, found another");
    expectNew(key, [...this.quorum.witnesses.values()]);
    this.quorum.witnesses.set(name, key);
  }

  #addGroup(name, threshold, members) {
    this.#expectNewName(name);
    for (const member of members) {
      expect(this.#isDefined(member), `expected members from lines before, found '${member}'`);
      // It would count twice.
      expect(!this.#members.has(member), `expected members of no other group, found '${member}'`);
      this.#members.add(member);
    }
    this.quorum.groups.set(name, {threshold: thresholdOf(threshold, members.length), members});
  }

  #require(name) {
    expect(!this.isComplete, 'expected one quorum line, found a second');
    expect(name === NONE || this.#isDefined(name), `expected 'none' or a name from a line before, found '${name}'`);
    this.quorum.required = name;
    this.isComplete = true;
  }

  #isDefined(name) {
    return this.quorum.witnesses.has(name) || this.quorum.groups.has(name);
  }

  #expectNewName(name) {
    expect(name !== NONE && !this.#isDefined(name), `expected a new name, found '${name}'`);
  }
}

/** Two vkeys of one public key would count it twice. */
function expectNew(key, known) {
  expect(!known.some(other => other.hasKeyOf(key)), 'expected a new key, found that of a line before');
}

function thresholdOf(text, size) {
  const threshold = text === 'all' ? size : text === 'any' ? 1 : /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0;
  expect(threshold >= 1 && threshold <= size, `expected all, any or 1 to ${size}, found '${text}'`);
  return threshold;
}

/** The logs and the quorum of a policy. */
export async function policyOf(text) {
  const reader = new PolicyReader();
  expect(text.endsWith('\n'), 'expected a line feed at the end of the policy');
  for (const [index, line] of text.slice(0, -1).split('\n').entries()) {
    await atLine(index + 1, () => reader.read(line));
  }
  const {logs, quorum} = reader;
  expect(reader.isComplete, "expected 'quorum <name>|none', found the end of the policy");
  expect(logs.length === 0 || logs.some(key => key.isKnown), `expected a log's key of a type known here, which are ${KNOWN_TYPES}`);
  expect(quorum.isMetBy([...quorum.witnesses.values()].filter(key => key.isKnown)),
      `expected a quorum of witnesses with keys of types known here, which are ${KNOWN_TYPES}`);
  return {logs, quorum};
}

export const noQuorum = () => new Quorum();
