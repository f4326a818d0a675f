package org.sealkeeper.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;

/**
 * A version of a key-encryption key in a line.
 *
 * @param tone the class of its style
 */
record SecretKeyRow(String alias, int version, String state, String tone, List<String> tokens, Instant createdAt) {
    SecretKeyRow {
        tokens = List.copyOf(tokens);
    }

    static SecretKeyRow of(KeyEncryptionKey key) {
        return new SecretKeyRow(
                key.alias().value(),
                key.version(),
                key.state().name().toLowerCase(Locale.ROOT),
                key.state() == KeyEncryptionKey.State.ACTIVE ? "good" : "none",
                key.tokens().stream().map(TokenLabel::value).toList(),
                key.createdAt());
    }
}
