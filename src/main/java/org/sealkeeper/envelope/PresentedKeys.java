package org.sealkeeper.envelope;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;

/** Finds the key-encryption key a wrapped key names. */
final class PresentedKeys {
    private final KeyEncryptionKeys keys;
    private final RecordedUse recorded;
    private final InstantSource clock;

    PresentedKeys(KeyEncryptionKeys keys, RecordedUse recorded, InstantSource clock) {
        this.keys = keys;
        this.recorded = recorded;
        this.clock = clock;
    }

    /**
     * Does what is asked of the key that a text names; or refuses it, where there is no key at all to check the text with.
     *
     * @param isAllowed whether the caller may do with data keys under this alias what it asks for
     */
    CompletionStage<Answer> with(
            String text,
            Operation operation,
            Requester by,
            Predicate<KeyAlias> isAllowed,
            Function<PresentedKey, CompletionStage<Answer>> work) {
        Optional<PresentedKey> found = of(text, isAllowed);
        if (found.isPresent()) {
            return work.apply(found.get());
        }
        var unknown = new Refusal.WrappedKeyInvalid(Refusal.Flaw.OF_UNKNOWN_KEY);
        return recorded.refuse(DataKeyLeaves.withoutKey(operation, by, unknown, clock), unknown);
    }

    private Optional<PresentedKey> of(String text, Predicate<KeyAlias> isAllowed) {
        Optional<WrappedKeyText> wrapped = WrappedKeyText.parse(text);
        if (wrapped.isEmpty()) {
            return decoyKey(isAllowed).map(key -> PresentedKey.forgery(key, Refusal.Flaw.MALFORMED));
        }
        WrappedKeyText named = wrapped.get();
        Optional<PresentedKey> genuine = keys.version(named.key(), named.version())
                .map(key -> named.of(key)
                        .map(claimed -> PresentedKey.genuine(key, claimed))
                        .orElseGet(() -> PresentedKey.forgery(key, Refusal.Flaw.NOT_AUTHENTIC)));
        return genuine.isPresent()
                ? genuine
                : decoyKey(isAllowed).map(key -> PresentedKey.forgery(key, Refusal.Flaw.OF_UNKNOWN_KEY));
    }

    /** The key a forgery is checked with: one the caller may use, so that it is not the policy which tells forgeries apart. */
    private Optional<KeyEncryptionKey> decoyKey(Predicate<KeyAlias> isAllowed) {
        var active = keys.all().stream()
                .filter(key -> key.state() == KeyEncryptionKey.State.ACTIVE)
                .toList();
        return active.stream()
                .filter(key -> isAllowed.test(key.alias()))
                .findFirst()
                .or(() -> active.stream().findFirst());
    }
}
