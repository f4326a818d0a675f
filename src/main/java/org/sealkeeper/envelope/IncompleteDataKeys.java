package org.sealkeeper.envelope;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Wraps;

/**
 * New data keys that some token of their key-encryption key did not get, as it could not be used: {@code sealkeeper_data_keys_incomplete_total}
 * counts them. The log tells of them when it begins, and when it ends, and not of each.
 */
public final class IncompleteDataKeys {
    private static final System.Logger LOG = System.getLogger(IncompleteDataKeys.class.getName());

    private final Counter counter;
    private final ConcurrentMap<KeyAlias, List<TokenLabel>> missing = new ConcurrentHashMap<>();

    public IncompleteDataKeys(MeterRegistry registry) {
        this.counter = registry.counter("sealkeeper.data.keys.incomplete");
    }

    /** A data key was made. */
    void made(KeyEncryptionKey key, Wraps wraps) {
        List<TokenLabel> now = key.tokens().stream()
                .filter(token -> !wraps.tokens().contains(token))
                .toList();
        if (!now.isEmpty()) {
            counter.increment();
        }
        List<TokenLabel> before = missing.put(key.alias(), now);
        if (!now.equals(before == null ? List.of() : before)) {
            tell(key.alias(), now);
        }
    }

    private static void tell(KeyAlias alias, List<TokenLabel> now) {
        if (now.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "new data keys of ''{0}'' are wrapped for all of its tokens again",
                    alias);
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "new data keys of ''{0}'' are not wrapped for {1}, which cannot be used: once it can, rotate the key and re-wrap them",
                    alias,
                    now.stream().map(TokenLabel::value).collect(Collectors.joining(", ")));
        }
    }
}
