package org.sealkeeper.verify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.KeyId;

/** The keys whose signatures count; there is no other source of keys. Safe for use by many threads. */
public final class TrustedKeys {
    private final Function<KeyId, Optional<VerificationKey>> keys;
    private final List<PublicKeySet.Ignored> ignored;

    /** Trusts exactly these; the same key given twice (as JWK and as certificate, say) is one key. */
    public TrustedKeys(Collection<VerificationKey> keys) {
        this(keys, List.of());
    }

    /** Trusts whatever keys this gives at the moment. */
    public TrustedKeys(Function<KeyId, Optional<VerificationKey>> keys) {
        this(keys, List.of());
    }

    private TrustedKeys(Collection<VerificationKey> keys, List<PublicKeySet.Ignored> ignored) {
        this(found(keys), ignored);
    }

    private TrustedKeys(Function<KeyId, Optional<VerificationKey>> keys, List<PublicKeySet.Ignored> ignored) {
        this.keys = keys;
        this.ignored = ignored;
    }

    private static Function<KeyId, Optional<VerificationKey>> found(Collection<VerificationKey> keys) {
        Map<KeyId, VerificationKey> byId = keys.stream()
                .collect(Collectors.toUnmodifiableMap(VerificationKey::keyId, Function.identity(), (one, same) -> one));
        return id -> Optional.ofNullable(byId.get(id));
    }

    /** Trusts the keys of all these files, and remembers which were ignored. */
    public static TrustedKeys of(Collection<PublicKeySet> files) {
        return new TrustedKeys(
                files.stream().flatMap(file -> file.keys().stream()).toList(),
                files.stream().flatMap(file -> file.ignored().stream()).toList());
    }

    /** The key of this id, empty where it is not trusted. */
    public Optional<VerificationKey> find(KeyId keyId) {
        return keys.apply(keyId);
    }

    /** Why a key is not trusted, for the message about a signature of it. */
    public String whyNot(KeyId keyId) {
        return ignored.stream()
                .filter(key -> key.isNamed(keyId))
                .findFirst()
                .map(key -> "key " + keyId + " is among the trusted keys, but not understood: it " + key.why())
                .orElse("key " + keyId + " is not among the trusted keys");
    }
}
