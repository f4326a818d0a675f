package org.sealkeeper.envelope;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Wraps;

/** Key-encryption keys and wrapped keys that no token has made. */
final class SampleKeys {
    static final TokenLabel TOKEN = new TokenLabel("hsm-1");

    private SampleKeys() {}

    static KeyEncryptionKey key(String alias, int version, TokenLabel... tokens) {
        return new KeyEncryptionKey(
                new KeyAlias(alias),
                version,
                KeyEncryptionKey.State.ACTIVE,
                new CkaId("0".repeat(32)),
                tokens.length == 0 ? List.of(TOKEN) : List.of(tokens),
                Instant.EPOCH);
    }

    /** Wrapped by every token of the key with the same bytes. */
    static WrappedKey wrapped(KeyEncryptionKey key, byte[] blob) {
        return WrappedKey.of(key, Wraps.of(everywhere(key.tokens(), blob)));
    }

    /** With the same tag of every token. */
    static String text(WrappedKey wrapped, byte[] tag) {
        return wrapped.text(everywhere(wrapped.wraps().tokens(), tag));
    }

    static WrappedKeyText.Claimed claimed(KeyEncryptionKey key, String text) {
        return WrappedKeyText.parse(text).orElseThrow().of(key).orElseThrow();
    }

    private static SequencedMap<TokenLabel, byte[]> everywhere(List<TokenLabel> tokens, byte[] bytes) {
        SequencedMap<TokenLabel, byte[]> all = new LinkedHashMap<>();
        tokens.forEach(token -> all.put(token, bytes));
        return all;
    }
}
