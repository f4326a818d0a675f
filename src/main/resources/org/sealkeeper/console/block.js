/** Has the browser judge the evidence of the block that the page shows. */
import { judge } from './verifier/judge.js';
import { summaryOf } from './verifier/summary.js';
import { claimList, element } from './verifier/view.js';

const place = document.getElementById('evidence');

async function textOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(answer.status === 403
      ? 'The policy lets you read this chain, but not the audit log with the record of the block.'
      : `The appliance answered ${answer.status} to ${address}.`);
  }
  return answer.text();
}

function notice(tone, text) {
  return element('p', { class: `notice ${tone}` }, text);
}

async function show() {
  const { evidence, keys, log } = place.dataset;
  const [bundle, jwks, vkeys] = await Promise.all([evidence, keys, log].map(textOf));
  const result = await judge(bundle, { vkeys, keys: [jwks] });
  const { outcome, title, sentence } = summaryOf([result]);
  const tone = { valid: 'good', invalid: 'bad' }[outcome] ?? 'warn';
  place.replaceChildren(element('p', { class: `notice ${tone}` }, element('strong', {}, `${title}. `), sentence), ...claimList(result.claims));
}

place.replaceChildren(notice('none', 'Your browser is at work.'));
show().catch((failure) => place.replaceChildren(notice('warn', failure.message)));
