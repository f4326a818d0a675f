package org.sealkeeper.cli.signature;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.verify.PublicKeySet;

/**
 * What {@code signature verify} found.
 *
 * @param text one line for people
 * @param details the same for scripts
 */
record SignatureResult(boolean valid, String text, SequencedMap<String, Object> details) {

    /** What a JWK Set calls a key, where that is not its thumbprint. */
    static Optional<String> name(PublicKeySet set, KeyId key) {
        return Optional.ofNullable(set.names().get(key));
    }

    /** A key for people. */
    static String key(PublicKeySet set, KeyId key) {
        return key + name(set, key).map(name -> " ('" + name + "')").orElse("");
    }

    SequencedMap<String, Object> members() {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", valid);
        members.putAll(details);
        return members;
    }
}
