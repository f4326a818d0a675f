/** Parts of pages. Text from files is always set as text, never as markup. */
import {claimTitle, verdictTitle, membersInWords, sentenceOf, subjectOf} from './words.js';

const ICONS = {true: '\u2713', false: '\u2715', unknown: '?', valid: '\u2713', invalid: '\u2715', unjudged: '?', idle: '\u00a0'};

/** An element with attributes and children, which are nodes or texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children.filter(child => child !== undefined));
  return made;
}

/** A sign beside words that say the same. */
export const iconOf = verdict => element('span', {class: `icon ${verdict}`, 'aria-hidden': 'true'}, ICONS[verdict]);

const GROUPS = [['false', 'What contradicts it'], ['true', 'What follows from what you trust'], ['unknown', 'What was not judged']];

/** Claims with their verdicts, what contradicts first. */
export function claimList(claims) {
  const groups = GROUPS.map(([verdict, title]) => [title, claims.filter(claim => claim.verdict === verdict)]).filter(([, found]) => found.length > 0);
  return groups.flatMap(([title, found]) => [element('h3', {}, title), element('ul', {class: 'claims'}, ...found.map(claimItem))]);
}

function claimItem({name, verdict, why}) {
  return element('li', {class: `claim ${verdict}`, 'data-claim': name, 'data-verdict': verdict},
    iconOf(verdict),
    element('div', {},
      element('h4', {}, claimTitle(name), ' ', element('span', {class: 'badge'}, verdictTitle(verdict))),
      element('code', {}, name),
      element('p', {class: 'why'}, `${why}.`)));
}

/** What became of one bundle. */
export function bundleReport(name, result) {
  const {evidence, claims} = result;
  const head = reportHead(name, evidence ? subjectOf(evidence) : 'A bundle that cannot be read', result);
  if (!evidence) {
    return element('article', {class: 'report', 'data-outcome': result.outcome}, head, element('p', {class: 'why'}, `${result.why}.`));
  }
  return element('article', {class: 'report', 'data-outcome': result.outcome}, head, saysOf(evidence, result.valid), ...claimList(claims));
}

function saysOf({leaves, history}, isProven) {
  const {leaf} = leaves.at(-1) ?? history.at(-1);
  return element('section', {class: 'says'},
    element('h3', {}, isProven ? 'What it says' : 'What it says, which is not proven'),
    element('p', {class: 'sentence'}, sentenceOf(leaf)),
    element('details', {}, element('summary', {}, 'All that the entry says'), definitionList(membersInWords(leaf))));
}

/** What became of one chain. */
export function chainReport(name, result) {
  const head = reportHead(name, result.chain ? `Chain ${result.chain}` : 'The export of a chain', result);
  const parts = result.valid
    ? [definitionList([['Blocks', String(result.blocks)], ['Heights', `${result.first} to ${result.last}`], ['Newest block', result.head],
      ['Keys that signed', result.keys.join(' ')]]),
    element('p', {class: 'why'}, result.isHeadKnown ? 'It ends with the block that you expected.'
      : 'Whether newer blocks were cut off is not known: say above which block is the newest.')]
    : [element('p', {class: 'why'}, `${placeOf(result)}${result.why}.`)];
  return element('article', {class: 'report', 'data-outcome': result.outcome}, head, ...parts);
}

function placeOf({line, height}) {
  return line === undefined ? '' : `Line ${line}${height === undefined ? '' : `, height ${height}`}: `;
}

function reportHead(name, title, {outcome}) {
  return element('header', {}, iconOf(outcome), element('div', {}, element('h2', {}, title), element('p', {class: 'file'}, name)));
}

export function definitionList(pairs) {
  return element('dl', {}, ...pairs.flatMap(([label, text]) => [element('dt', {}, label), element('dd', {}, text)]));
}
