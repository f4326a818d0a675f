package org.sealkeeper.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.kernel.RecipientName;

/**
 * A recipient to which data keys may be released.
 *
 * @param certificate of its key; what it says of the recipient is for people, it is not checked at a release
 * @param retiredAt empty while data keys may be released to it
 */
public record Recipient(
        RecipientName name,
        RecipientKey key,
        X509Certificate certificate,
        Instant enrolledAt,
        Optional<Instant> retiredAt) {

    public Recipient {
        if (!Arrays.equals(certificate.getPublicKey().getEncoded(), key.spki())) {
            throw new IllegalArgumentException("expected a certificate of its public key, found one of another key");
        }
    }

    /** The CKA_LABEL of its object in the token. */
    public String label() {
        return "recipient-" + name;
    }
}
