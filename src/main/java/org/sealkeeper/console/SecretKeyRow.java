package org.sealkeeper.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.provisioning.Lifetime;

/**
 * A version of a key-encryption key in a line.
 *
 * @param tone the class of its style
 */
record SecretKeyRow(
        String alias,
        int version,
        String state,
        String tone,
        List<String> tokens,
        Instant createdAt,
        Cryptoperiod cryptoperiod) {
    SecretKeyRow {
        tokens = List.copyOf(tokens);
    }

    /** @param lifetime as the key is declared, where it is */
    static SecretKeyRow of(KeyEncryptionKey key, Optional<Lifetime> lifetime, Instant now) {
        boolean isActive = key.state() == KeyEncryptionKey.State.ACTIVE;
        return new SecretKeyRow(
                key.alias().value(),
                key.version(),
                key.state().name().toLowerCase(Locale.ROOT),
                isActive ? "good" : "none",
                key.tokens().stream().map(TokenLabel::value).toList(),
                key.createdAt(),
                Cryptoperiod.of(lifetime, key.createdAt(), isActive, now));
    }
}
