/** Judges the signatures under a checkpoint: those of the log, and the cosignatures of witnesses. */
import {Malformed} from './bytes.js';
import {NotCheckable} from './signature.js';

/**
 * @param proof whose checkpoint is judged
 * @param trust of readTrust
 * @returns why it is not believed, or why that cannot be judged, where either is so; and the witnesses that cosigned, and those whose
 *     lines cannot be checked here
 */
export async function judgeCheckpoint({note, checkpoint}, trust) {
  const keys = trust.logs.filter(key => key.name === checkpoint.origin);
  if (keys.length === 0) {
    return {refusal: 'the checkpoint: expected a log whose key was given, found that of another name'};
  }
  try {
    const log = await signedBy(note, keys);
    const witnesses = await signedBy(note, [...trust.quorum.witnesses.values()]);
    const uncheckedOfLog = log.unchecked.filter(key => key.isKnown);
    const isUndecided = log.signed.length === 0 && uncheckedOfLog.length > 0;
    return {
      refusal: log.signed.length === 0 && !isUndecided ? 'the checkpoint: expected a signature of a key given, found none' : undefined,
      undecided: isUndecided ? `the only signature of a key given is of a type that this browser cannot check: ${titles(uncheckedOfLog)}` : undefined,
      unchecked: [...log.unchecked, ...witnesses.unchecked],
      cosigners: witnesses.signed,
      mightCosign: [...witnesses.signed, ...witnesses.unchecked],
    };
  } catch (e) {
    if (e instanceof Malformed) {
      return {refusal: `the checkpoint: ${e.message}`};
    }
    throw e;
  }
}

export function titles(keys) {
  return keys.map(key => key.title).join(', ');
}

async function signedBy(note, keys) {
  const [signed, unchecked] = [[], []];
  for (const key of keys) {
    try {
      if (await key.hasSigned(note)) {
        signed.push(key);
      }
    } catch (e) {
      if (!(e instanceof NotCheckable)) {
        throw e;
      }
      unchecked.push(key);
    }
  }
  return {signed, unchecked};
}
