/**
 * JSON (RFC 8259) of objects, lists, texts and integers, read strictly, and written in canonical form (RFC 8785). The browser's own reader
 * keeps the last of two members of one name, and rounds numbers; here both are refused or exact. Objects are Maps, integers BigInts.
 */
import {Malformed, expect} from './bytes.js';

const MAX_DEPTH = 8;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const INTEGER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const BLANKS = /[ \t\n\r]*/y;

class JsonReader {
  constructor(json) {
    this.json = json;
    this.at = 0;
  }

  /** What the pattern finds here, if anything. */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.json);
    this.at = found ? pattern.lastIndex : this.at;
    return found?.[0];
  }

  /** Whether this character comes next; then it is read. */
  takes(character) {
    this.take(BLANKS);
    const isHere = this.json[this.at] === character;
    this.at += isHere ? 1 : 0;
    return isHere;
  }

  value(depth) {
    expect(depth > 0, 'expected JSON that is not so deep');
    if (this.takes('{')) {
      return this.members(depth);
    }
    if (this.takes('[')) {
      return this.items(depth);
    }
    return this.json[this.at] === '"' ? this.text() : this.integer();
  }

  members(depth) {
    const members = new Map();
    if (this.takes('}')) {
      return members;
    }
    do {
      this.take(BLANKS);
      const name = this.text();
      expect(!members.has(name), 'expected one JSON object without duplicate members');
      expect(this.takes(':'), 'expected JSON');
      members.set(name, this.value(depth - 1));
    } while (this.takes(','));
    expect(this.takes('}'), 'expected JSON');
    return members;
  }

  items(depth) {
    const items = [];
    if (this.takes(']')) {
      return items;
    }
    do {
      items.push(this.value(depth - 1));
    } while (this.takes(','));
    expect(this.takes(']'), 'expected JSON');
    return items;
  }

  text() {
    const from = this.at;
    expect(this.json[this.at++] === '"', 'expected JSON');
    do {
      this.take(PLAIN);
    } while (this.take(ESCAPE) !== undefined);
    expect(this.json[this.at++] === '"', 'expected JSON');
    return JSON.parse(this.json.slice(from, this.at));
  }

  integer() {
    const digits = this.take(INTEGER);
    expect(digits !== undefined && digits !== '-0', 'expected JSON of objects, lists, texts and integers');
    const number = BigInt(digits);
    expect(number === BigInt.asIntN(64, number), 'expected integers of 64 bits');
    return number;
  }
}

/** The one object of a text. */
export function objectOf(json) {
  const reader = new JsonReader(json);
  const value = reader.value(MAX_DEPTH);
  reader.take(BLANKS);
  expect(reader.at === json.length, 'expected nothing after the JSON object');
  expect(value instanceof Map, 'expected a JSON object');
  return value;
}

/** The one object of a text, whose members have names of 1 to 32 letters. */
export function plainObjectOf(json) {
  const object = objectOf(json);
  expect(haveLetters(object), 'expected member names of 1 to 32 letters');
  return object;
}

function haveLetters(object) {
  return [...object].every(([name, value]) => /^[A-Za-z]{1,32}$/.test(name) && (!(value instanceof Map) || haveLetters(value)));
}

/** The canonical text. Names sort by their UTF-16 code units, as RFC 8785 asks for and JavaScript does. */
export function canonical(value) {
  if (value instanceof Map) {
    return '{' + [...value.keys()].sort().map(name => `${JSON.stringify(name)}:${canonical(value.get(name))}`).join(',') + '}';
  }
  if (Array.isArray(value)) {
    return '[' + value.map(canonical).join(',') + ']';
  }
  return typeof value === 'string' ? JSON.stringify(value) : value.toString();
}

/** The text of a member. */
export function textIn(object, name) {
  const value = object.get(name);
  if (typeof value !== 'string') {
    throw new Malformed(`expected text in '${name}'`);
  }
  return value;
}
