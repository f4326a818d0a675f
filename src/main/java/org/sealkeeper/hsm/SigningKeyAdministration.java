package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE_EXPONENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_CERTIFICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.security.cert.X509Certificate;
import java.util.List;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.AttributeVector;

/** Makes, checks and destroys signing keys in the token. Its methods block. */
public final class SigningKeyAdministration {
    private final TokenWork work;
    private final TokenProfile profile;

    SigningKeyAdministration(TokenWork work, TokenProfile profile) {
        this.work = work;
        this.profile = profile;
    }

    /** Whether this kind of token signs with the algorithm. */
    public boolean offers(SigningAlgorithm algorithm) {
        return profile.algorithms().contains(algorithm);
    }

    /** Makes a key pair in the token, which keeps it, and gives its public half. */
    public VerificationKey generate(CkaId id, String label, SigningAlgorithm algorithm) {
        return work.administer(objects -> {
            objects.generate(new SigningKeyTemplate(id, label, algorithm));
            long[] publicKeys = objects.withId(CKO_PUBLIC_KEY, id);
            if (publicKeys.length != 1) {
                throw new HsmFault(
                        Meaning.WRONG_ANSWER, "expected one new public key in the token, found " + publicKeys.length);
            }
            byte[] spki = new TokenPublicKey(objects, publicKeys[0])
                    .spki(algorithm)
                    .orElseThrow(() -> new HsmFault(Meaning.WRONG_ANSWER, "the token's new public key cannot be read"));
            return VerificationKey.of(algorithm, spki);
        });
    }

    /** Stores a certificate beside its key, so that every PKCS#11 tool, SunPKCS11 for one, sees the key. */
    public void store(CkaId id, String label, X509Certificate certificate) {
        AttributeVector object = CertificateTemplate.of(id, label, certificate);
        CkaId _ = work.administer(objects -> {
            objects.create(object);
            return id;
        });
    }

    /** Stores a certificate beside its key in the place of those that are there: for a moment there are both. */
    public void replace(CkaId id, String label, X509Certificate certificate) {
        AttributeVector object = CertificateTemplate.of(id, label, certificate);
        CkaId _ = work.administer(objects -> {
            long[] old = objects.withId(CKO_CERTIFICATE, id);
            objects.create(object);
            for (long handle : old) {
                objects.destroy(handle);
            }
            return id;
        });
    }

    /** How the key in the token differs from what was declared of it; empty where it does not. */
    public List<Deviation> deviations(CkaId id, String label, VerificationKey declared) {
        return work.administer(objects -> new AttributeCheck(objects, id, label, declared).deviations());
    }

    /** Whether the token gives away the value of the private key with this CKA_ID; what it gives is wiped. */
    public boolean givesAway(CkaId id) {
        return work.administer(objects -> {
            for (long handle : objects.withId(CKO_PRIVATE_KEY, id)) {
                if (objects.givesAway(handle, CKA_VALUE) || objects.givesAway(handle, CKA_PRIVATE_EXPONENT)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Destroys every object with this CKA_ID, and no other; tells how many there were. */
    public int destroy(CkaId id) {
        return KeyDestruction.of(id, work);
    }
}
