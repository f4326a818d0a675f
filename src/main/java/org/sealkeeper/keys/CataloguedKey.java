package org.sealkeeper.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.verify.VerificationKey;

/**
 * One key pair, in one token, of one version of a key, as the catalogue knows it.
 *
 * @param ckaId what its objects in the token are found by
 * @param chain for tools that know keys only by certificates: first that of this public key, self-signed or issued by an authority, then those
 *     of the authorities above it
 */
public record CataloguedKey(
        KeyAlias alias,
        int version,
        TokenLabel token,
        KeyPurpose purpose,
        KeyStatus status,
        CkaId ckaId,
        VerificationKey verificationKey,
        List<X509Certificate> chain,
        Instant createdAt) {

    public CataloguedKey {
        chain = List.copyOf(chain);
        if (!Arrays.equals(chain.getFirst().getPublicKey().getEncoded(), verificationKey.spki())) {
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
        return new CataloguedKey(alias, version, token, purpose, other, ckaId, verificationKey, chain, createdAt);
    }

    /** This pair with other certificates. */
    CataloguedKey with(List<X509Certificate> other) {
        return new CataloguedKey(alias, version, token, purpose, status, ckaId, verificationKey, other, createdAt);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Whether an authority issued its certificate. */
    public boolean isCertified() {
        return !certificate().getIssuerX500Principal().equals(certificate().getSubjectX500Principal());
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
