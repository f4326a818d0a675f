package org.sealkeeper.envelope;

import java.util.Optional;
import java.util.function.Predicate;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeys;

/** Finds the key-encryption key a wrapped key names. */
final class PresentedKeys {
    private final KeyEncryptionKeys keys;

    PresentedKeys(KeyEncryptionKeys keys) {
        this.keys = keys;
    }

    /**
     * The key that the text names, to be checked.
     *
     * @param isAllowed whether the caller may do with data keys under this alias what it asks for
     * @return empty where there is no key-encryption key at all to check it with
     */
    Optional<PresentedKey> of(String text, Predicate<KeyAlias> isAllowed) {
        Optional<WrappedKey.Unchecked> wrapped = WrappedKey.parse(text);
        if (wrapped.isEmpty()) {
            return decoyKey(isAllowed).map(key -> PresentedKey.forgery(key, Refusal.Flaw.MALFORMED));
        }
        WrappedKey named = wrapped.get().key();
        Optional<PresentedKey> genuine =
                keys.version(named.key(), named.version()).map(key -> PresentedKey.genuine(key, wrapped.get()));
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
