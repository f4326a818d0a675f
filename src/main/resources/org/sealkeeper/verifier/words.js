/** What claims, leaves and verdicts say, in words for people. */

const CLAIMS = {
  'block-signed': 'A key that you trust signed the block',
  'in-log': 'All of it stands in one audit log',
  'checkpoint-signed': 'The log that you trust vouches for it',
  'witnessed': 'Witnesses saw the log',
  'decided-by-policy': 'A policy decided it',
  'links-to-predecessor': 'It follows the block before it',
  'recorded': 'The log recorded this very signature',
  'certificate-of-key': 'The certificate is of this key',
  'key-in-use': 'The key was in use at that time',
  'named-leaves': 'The entries beside it belong to it',
  'key-history': 'The history is of one key',
};

const VERDICTS = {true: 'True', false: 'False', unknown: 'Not judged'};

const OPERATIONS = {
  'sign-block': 'sign a block', 'read-chain': 'read a chain', 'verify-signature': 'verify a signature', 'read-keys': 'read keys',
  'read-audit-log': 'read the audit log', 'generate-data-key': 'make a data key', 'unwrap-data-key': 'release a data key',
  'rewrap-data-key': 'wrap a data key anew', 'begin-emergency-access': 'begin an access in an emergency',
  'end-emergency-access': 'end an access in an emergency', 'create-key': 'make a key', 'rotate-key': 'rotate a key', 'destroy-key': 'destroy a key',
  'change-key-state': 'bring a key into another state', 'import-certificate': 'import a certificate', 'enroll-recipient': 'enroll a recipient',
  'retire-recipient': 'retire a recipient', 'open-rewrap-window': 'open a window for wrapping anew', 'close-rewrap-window': 'close a window for wrapping anew',
  'load-policy': 'load a policy', 'approve-policy': 'approve a policy', 'start-appliance': 'start', 'stop-appliance': 'stop',
};

const OUTCOMES = {begun: 'It was begun', done: 'It was done', replayed: 'It had been done before', refused: 'It was refused', failed: 'It failed'};

const ACTORS = {'local-command': 'An operator, by a command', appliance: 'The appliance', none: 'Somebody unknown'};

const MEMBERS = {
  time: 'Time', operation: 'Operation', outcome: 'Outcome', reason: 'Reason', caller: 'Caller', subject: 'Subject', issuer: 'Issuer',
  authentication: 'Known by', chain: 'Chain', height: 'Height', blockHash: 'Hash of the block', previousHash: 'Hash before it', key: 'Key', keyVersion: 'Version',
  keyId: 'Key id', keyState: 'State of the key', compromisedSince: 'Compromised since', recipient: 'Recipient', purpose: 'Purpose', dataKey: 'Data key',
  decision: 'Decision', rule: 'Rule', policy: 'Policy', requestId: 'Request',
};

export const claimTitle = name => CLAIMS[name] ?? name;

export const verdictTitle = verdict => VERDICTS[verdict];

/** A time as people read it. */
export function timeOf(text) {
  return typeof text === 'string' ? text.replace('T', ', ').replace(/\.\d+Z$/, ' UTC') : 'at an unknown time';
}

/** What a leaf says, in a sentence or two. */
export function sentenceOf(leaf) {
  const actor = leaf.get('caller') ?? leaf.get('subject') ?? ACTORS[leaf.get('authentication')] ?? 'Somebody';
  const operation = OPERATIONS[leaf.get('operation')] ?? `'${leaf.get('operation')}'`;
  const what = leaf.has('height') ? `${operation} (chain ${leaf.get('chain')}, height ${leaf.get('height')})` : operation;
  const reason = leaf.has('reason') ? `: ${leaf.get('reason')}` : '';
  return `${timeOf(leaf.get('time'))}: ${actor} asked to ${what}. ${OUTCOMES[leaf.get('outcome')] ?? leaf.get('outcome')}${reason}.`;
}

/** The members of a leaf, each a label and a text: those that people ask for first, then the others. */
export function membersInWords(leaf) {
  const names = [...Object.keys(MEMBERS).filter(name => leaf.has(name)), ...[...leaf.keys()].filter(name => !Object.hasOwn(MEMBERS, name))];
  return names.map(name => [MEMBERS[name] ?? name, String(leaf.get(name))]);
}

/** What a bundle is about. */
export function subjectOf({about, leaves, history}) {
  const last = (leaves.at(-1) ?? history.at(-1)).leaf;
  switch (about) {
    case 'block':
      return `Block ${last.get('height')} of chain ${last.get('chain')}`;
    case 'leaf':
      return `Entry ${leaves.at(-1).proof?.index ?? ''} of the audit log`;
    default:
      return `Key ${last.get('key') ?? last.get('keyId')}, version ${last.get('keyVersion') ?? '?'}`;
  }
}
