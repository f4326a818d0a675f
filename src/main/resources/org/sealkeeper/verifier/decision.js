/** By which policy something was decided. */
import {utf8, hex, sha256} from './bytes.js';
import {fails, unknown} from './claim.js';

/** Which policy it was, not what it decides: that needs the appliance's own engine, and a second one would be a second opinion. */
export async function decidedByPolicy({leaf}, policy) {
  const name = 'decided-by-policy';
  const digest = leaf.get('policy');
  if (digest === undefined || (!leaf.has('caller') && !leaf.has('issuer'))) {
    return unknown(name, `no policy decided this: ${leaf.get('rule') ?? 'nothing is said'}`);
  }
  const rule = `the rule ${leaf.get('rule') ?? '?'} of the policy ${digest}`;
  if (policy === undefined) {
    return unknown(name, `${rule} is named; its text is not in the bundle`);
  }
  return hex(await sha256(utf8(policy))) === digest
    ? unknown(name, `${rule} is in the bundle; a browser does not decide again, 'sealkeeper evidence verify' does`)
    : fails(name, `the policy in the bundle is not the one that the leaf names, ${digest}`);
}
