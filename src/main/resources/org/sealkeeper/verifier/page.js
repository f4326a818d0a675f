/** The page of the verifier: takes files in, judges them, shows what came out. Nothing leaves it. */
import {Malformed, textOf} from './bytes.js';
import {judge, judgeChain} from './judge.js';
import {MAX_BUNDLE_BYTES} from './evidence.js';
import {linesOf} from './lines.js';
import {recognise, trustOf, RECOGNISED_BY_BYTES} from './recognise.js';
import {element, iconOf, bundleReport, chainReport} from './view.js';
import {summaryOf} from './summary.js';

const MEBIBYTE = 1 << 20;
const MAX_BYTES = {bundle: MAX_BUNDLE_BYTES, chain: 256 * MEBIBYTE, keys: MEBIBYTE, vkeys: MEBIBYTE, policy: MEBIBYTE, private: 0, unknown: 0};
const MAX_ITEMS = 100;
const PROGRESS_EVERY = 500;

const at = id => document.getElementById(id);

let items = [];
let round = 0;

/** What a file or a paste is, with its text where it is small, or why it is not taken. */
async function itemOf(name, blob) {
  const {kind, title} = recognise(await blob.slice(0, RECOGNISED_BY_BYTES).text());
  const refusal = whyNotTaken(kind, blob.size);
  const item = {name, kind: refusal ? 'refused' : kind, title: refusal ?? title, blob};
  try {
    return refusal || kind === 'chain' ? item : {...item, text: await strictTextOf(blob, kind)};
  } catch (e) {
    if (e instanceof Malformed) {
      return {...item, kind: 'refused', title: `${title}: ${e.message}`};
    }
    throw e;
  }
}

function whyNotTaken(kind, size) {
  if (kind === 'private') {
    return 'a private key, which is not needed here and was not kept: if it is not yours alone, treat it as compromised';
  }
  if (kind === 'unknown') {
    return 'not recognised: neither evidence, nor a chain, nor keys, nor a witness policy in UTF-8';
  }
  return size > MAX_BYTES[kind] ? `larger than the ${MAX_BYTES[kind] / MEBIBYTE} MiB that are read of such a file` : undefined;
}

/** A bundle has one form, in which there is no byte order mark; what people edit may have one. */
async function strictTextOf(blob, kind) {
  const text = textOf(new Uint8Array(await blob.arrayBuffer()));
  return kind === 'bundle' ? text : text.replace(/^\ufeff/, '');
}

async function add(named) {
  const added = await Promise.all(named.slice(0, MAX_ITEMS - items.length).map(([name, blob]) => itemOf(name, blob)));
  items = [...items, ...added];
  await show();
}

function remove(item) {
  items = items.filter(kept => kept !== item);
  show();
  at('files').focus();
}

function itemRow(item) {
  const button = element('button', {type: 'button', class: 'quiet', 'aria-label': `Remove ${item.name}`}, 'Remove');
  button.addEventListener('click', () => remove(item));
  return element('li', {class: item.kind, 'data-kind': item.kind},
    element('div', {}, element('span', {class: 'name'}, item.name), element('span', {class: 'kind'}, item.title)), button);
}

function showItems() {
  const isJudged = item => item.kind === 'bundle' || item.kind === 'chain';
  const fill = (id, some, none) => at(id).replaceChildren(...some.length > 0 ? some.map(itemRow) : [element('li', {class: 'none'}, none)]);
  fill('judged', items.filter(isJudged), 'Nothing yet');
  fill('trusted', items.filter(item => ['vkeys', 'policy', 'keys'].includes(item.kind)), 'No keys yet');
  at('refused').replaceChildren(...items.filter(item => item.kind === 'refused').map(itemRow));
  at('known').hidden = !items.some(item => item.kind === 'chain');
}

function expectedOfChain() {
  const [chain, head, anchor] = ['chain', 'head', 'anchor'].map(id => at(id).value.trim());
  return {chain, head, anchor, isIncreasing: at('rising').checked};
}

/** Judges all again; what a round finds after the next one began is not shown. */
async function show() {
  const mine = ++round;
  showItems();
  const trust = trustOf(items);
  const found = [];
  for (const item of items) {
    if (item.kind === 'bundle') {
      found.push({item, result: await judge(item.text, trust), report: bundleReport});
    } else if (item.kind === 'chain') {
      const result = await judgeChain(linesOf(item.blob), trust, expectedOfChain(), number => tell(mine, item, number));
      found.push({item, result, report: chainReport});
    }
  }
  if (mine === round) {
    at('progress').textContent = '';
    at('guide').hidden = found.length > 0;
    at('reports').replaceChildren(...found.map(({item, result, report}) => report(item.name, result)));
    showVerdict(summaryOf(found.map(({result}) => result)));
  }
}

function tell(mine, item, number) {
  if (mine === round && number % PROGRESS_EVERY === 0) {
    at('progress').textContent = `${item.name}: ${number} lines read`;
  }
}

function showVerdict({outcome, title, sentence, missing}) {
  const verdict = at('verdict');
  verdict.className = outcome;
  verdict.dataset.outcome = outcome;
  verdict.replaceChildren(iconOf(outcome), element('div', {}, element('p', {class: 'title'}, title), element('p', {}, sentence),
    missing.length > 0 ? element('ul', {}, ...missing.map(what => element('li', {}, what))) : undefined));
  at('when').textContent = outcome === 'idle' ? '' : `Judged ${new Date().toISOString().slice(0, 16).replace('T', ', ')} UTC`;
}

const ofFiles = files => [...files].map(file => [file.name, file]);

function takeFiles() {
  at('files').addEventListener('change', async ({target}) => {
    await add(ofFiles(target.files));
    target.value = '';
  });
  for (const type of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(type, event => {
      event.preventDefault();
      at('drop').classList.toggle('over', type === 'dragover');
    });
  }
  document.addEventListener('drop', event => add(ofFiles(event.dataTransfer.files)));
}

function takePaste() {
  at('paste-form').addEventListener('submit', async event => {
    event.preventDefault();
    const text = at('paste').value;
    if (text.trim() !== '') {
      at('paste').value = '';
      await add([['pasted text', new Blob([text.endsWith('\n') ? text : text + '\n'])]]);
    }
  });
}

takeFiles();
takePaste();
at('known').addEventListener('change', show);
show();
