package org.sealkeeper.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.keys.CataloguedKey;

/**
 * One version of one key as its readers see it.
 *
 * @param purpose what it may be used for, such as {@code block-signing}
 * @param state of NIST SP 800-57 part 1, section 7
 * @param stateSince when it came into this state
 * @param compromisedSince from when on what it signed is to be doubted; absent where it is not compromised
 * @param jwk the public key (RFC 7517)
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record KeyView(
        KeyId keyId,
        KeyAlias alias,
        int version,
        String purpose,
        String algorithm,
        String state,
        Instant stateSince,
        Optional<Instant> compromisedSince,
        Instant createdAt,
        Map<String, Object> jwk) {

    static KeyView of(CataloguedKey key) {
        return new KeyView(
                key.keyId(),
                key.alias(),
                key.version(),
                key.purpose().text(),
                key.verificationKey().algorithm().joseName(),
                key.state().text(),
                key.status().since(),
                key.status().compromisedSince(),
                key.createdAt(),
                key.verificationKey().jwk().toJSONObject());
    }
}
