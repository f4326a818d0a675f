/** That the certificate of a bundle is of the key. */
import {Malformed} from './bytes.js';
import {ofLenientBase64} from './base64.js';
import {certificateOf} from './der.js';
import {PublicKey} from './signature.js';
import {holds, fails, unknown} from './claim.js';

/** Whether the authority of the certificate is to be trusted is for those who have that authority. */
export async function certificateOfKey(certificates, keyId) {
  const name = 'certificate-of-key';
  if (certificates.length === 0) {
    return unknown(name, 'there is no certificate in the bundle');
  }
  let certificate;
  try {
    certificate = certificateOf(ofLenientBase64(certificates[0]));
  } catch (e) {
    return failsOver(e, name, 'the certificate cannot be read');
  }
  try {
    return (await PublicKey.of(certificate.spki)).keyId === keyId
      ? holds(name, `the certificate '${certificate.subject}' of '${certificate.issuer}' is of this key`)
      : fails(name, 'the certificate is of another key');
  } catch (e) {
    return failsOver(e, name, 'the certificate is of another key');
  }
}

function failsOver(e, name, why) {
  if (e instanceof Malformed) {
    return fails(name, why);
  }
  throw e;
}
