package org.sealkeeper.verify;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.KeyId;

/** The keys whose signatures count; there is no other source of keys. Safe for use by many threads. */
public final class TrustedKeys {
    private final Map<KeyId, VerificationKey> keys;

    /** Trusts exactly these; the same key given twice (as JWK and as certificate, say) is one key. */
    public TrustedKeys(Collection<VerificationKey> keys) {
        this.keys = keys.stream()
                .collect(Collectors.toUnmodifiableMap(VerificationKey::keyId, Function.identity(), (one, same) -> one));
    }

    /** The key of this id, empty where it is not trusted. */
    public Optional<VerificationKey> find(KeyId keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }
}
