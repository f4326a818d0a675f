package org.sealkeeper.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.verify.VerificationKey;

/**
 * One key pair, in one token, of one version of a key, as the catalogue knows it.
 *
 * @param ckaId what its objects in the token are found by
 * @param certificate self-signed, for tools that know keys only by certificates; it must be of this public key
 */
public record CataloguedKey(
        KeyAlias alias,
        int version,
        TokenLabel token,
        KeyPurpose purpose,
        KeyStatus status,
        CkaId ckaId,
        VerificationKey verificationKey,
        X509Certificate certificate,
        Instant createdAt) {

    public CataloguedKey {
        if (!Arrays.equals(certificate.getPublicKey().getEncoded(), verificationKey.spki())) {
            throw new IllegalArgumentException("expected a certificate of its public key, found one of another key");
        }
    }

    public KeyState state() {
        return status.state();
    }

    /** The RFC 7638 thumbprint of its public key. */
    public KeyId keyId() {
        return verificationKey.keyId();
    }

    /** The CKA_LABEL of its objects in the token. */
    public String label() {
        return label(alias, version);
    }

    static String label(KeyAlias alias, int version) {
        return alias + "-v" + version;
    }

    /** This pair in another state. */
    CataloguedKey in(KeyStatus other) {
        return new CataloguedKey(alias, version, token, purpose, other, ckaId, verificationKey, certificate, createdAt);
    }

    /** Whether both are pairs of one key: what one may sign, so may the other. */
    boolean isOfKey(CataloguedKey other) {
        return alias.equals(other.alias)
                && purpose == other.purpose
                && verificationKey.algorithm() == other.verificationKey.algorithm();
    }

    /** How messages call it. */
    public String name() {
        return "key '" + alias + "' version " + version;
    }
}
