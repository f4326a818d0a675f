package org.sealkeeper.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.verify.VerificationKey;

/**
 * One version of one key, as the catalogue knows it.
 *
 * @param ckaId what its objects in the token are found by
 * @param certificate self-signed, for tools that know keys only by certificates; it must be of this public key
 */
public record CataloguedKey(
        KeyAlias alias,
        int version,
        KeyPurpose purpose,
        KeyState state,
        CkaId ckaId,
        VerificationKey verificationKey,
        X509Certificate certificate,
        Instant createdAt) {

    public CataloguedKey {
        if (!Arrays.equals(certificate.getPublicKey().getEncoded(), verificationKey.spki())) {
            throw new IllegalArgumentException("expected a certificate of its public key, found one of another key");
        }
    }

    /** The RFC 7638 thumbprint of its public key. */
    public KeyId keyId() {
        return verificationKey.keyId();
    }

    /** The CKA_LABEL of its objects in the token. */
    String label() {
        return label(alias, version);
    }

    static String label(KeyAlias alias, int version) {
        return alias + "-v" + version;
    }

    /** How messages call it. */
    String name() {
        return "key '" + alias + "' version " + version;
    }
}
