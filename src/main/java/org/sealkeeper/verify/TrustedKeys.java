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
    private final KeyStates states;

    /** Trusts exactly these; the same key given twice (as JWK and as certificate, say) is one key. */
    public TrustedKeys(Collection<VerificationKey> keys) {
        this(found(keys), List.of(), KeyStates.NONE);
    }

    /** Trusts whatever keys this gives at the moment. */
    public TrustedKeys(Function<KeyId, Optional<VerificationKey>> keys) {
        this(keys, List.of(), KeyStates.NONE);
    }

    private TrustedKeys(
            Function<KeyId, Optional<VerificationKey>> keys, List<PublicKeySet.Ignored> ignored, KeyStates states) {
        this.keys = keys;
        this.ignored = ignored;
        this.states = states;
    }

    private static Function<KeyId, Optional<VerificationKey>> found(Collection<VerificationKey> keys) {
        Map<KeyId, VerificationKey> byId = keys.stream()
                .collect(Collectors.toUnmodifiableMap(VerificationKey::keyId, Function.identity(), (one, same) -> one));
        return id -> Optional.ofNullable(byId.get(id));
    }

    /** Trusts the keys of all these files, and remembers which were ignored. */
    public static TrustedKeys of(Collection<PublicKeySet> files) {
        return new TrustedKeys(
                found(files.stream().flatMap(file -> file.keys().stream()).toList()),
                files.stream().flatMap(file -> file.ignored().stream()).toList(),
                KeyStates.NONE);
    }

    /** Those of these that are not compromised. What a compromised one signed before counts only where a log proves when that was. */
    public TrustedKeys in(KeyStates known) {
        return new TrustedKeys(keys, ignored, known);
    }

    /** The key of this id, empty where it is not trusted. */
    public Optional<VerificationKey> find(KeyId keyId) {
        return states.compromisedSince(keyId).isPresent() ? Optional.empty() : keys.apply(keyId);
    }

    /** Why a key is not trusted, for the message about a signature of it. */
    public String whyNot(KeyId keyId) {
        return states.compromisedSince(keyId)
                .map(since -> "key " + keyId + " is compromised since " + since
                        + "; whether it signed this before, 'sealkeeper audit verify --blocks' tells by the log")
                .orElseGet(() -> whyNotFound(keyId));
    }

    private String whyNotFound(KeyId keyId) {
        return ignored.stream()
                .filter(key -> key.isNamed(keyId))
                .findFirst()
                .map(key -> "key " + keyId + " is among the trusted keys, but not understood: it " + key.why())
                .orElse("key " + keyId + " is not among the trusted keys");
    }
}
