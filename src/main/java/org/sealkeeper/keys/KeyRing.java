package org.sealkeeper.keys;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Signatures;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;

/** Every key of the appliance, each active one proven to be in the token as declared. Safe for use by many threads. */
public final class KeyRing {
    private final Signatures signatures;
    private final List<CataloguedKey> keys;
    private final Map<KeyId, CataloguedKey> byId;

    private KeyRing(Signatures signatures, List<CataloguedKey> keys) {
        this.signatures = signatures;
        this.keys = keys;
        this.byId = keys.stream().collect(Collectors.toUnmodifiableMap(CataloguedKey::keyId, Function.identity()));
    }

    /**
     * Reads the catalogue and tests every active key in the token.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared
     */
    public static KeyRing open(Hsm hsm, KeyCatalogue catalogue) {
        List<CataloguedKey> keys = List.copyOf(catalogue.keys());
        require(hsm, keys);
        return new KeyRing(hsm.signatures(), keys);
    }

    /** The key that signs under this alias; empty where there is none, or it is for another purpose. */
    public Optional<CataloguedKey> activeKey(KeyAlias alias, KeyPurpose purpose) {
        return keys.stream()
                .filter(key -> key.alias().equals(alias) && key.state() == KeyState.ACTIVE && key.purpose() == purpose)
                .findFirst();
    }

    /** The key of this id, of whatever state; empty where it is not ours. */
    public Optional<CataloguedKey> key(KeyId keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }

    /** Every key there is or was, by alias and version. */
    public List<CataloguedKey> keys() {
        return keys;
    }

    /**
     * Signs with the key, and verifies the signature before the stage completes.
     *
     * <p>The stage completes on one of the few threads that sign: what depends on it must be short, and must never wait.
     *
     * @param purpose what the signature is for
     * @param message the bytes before any digest
     * @return the signature in JWS form (RFC 7518 section 3.4); or {@link org.sealkeeper.hsm.HsmFault}, or {@link
     *     org.sealkeeper.kernel.Overload} where nothing was begun
     * @throws IllegalArgumentException if the key is for another purpose, or signs no more
     */
    public CompletionStage<byte[]> sign(CataloguedKey key, KeyPurpose purpose, byte[] message) {
        return sign(key, purpose, message, () -> {});
    }

    /**
     * As above, if nothing is in the way at the last moment.
     *
     * @param last runs right before the token is asked; what it throws is the stage's failure
     */
    public CompletionStage<byte[]> sign(CataloguedKey key, KeyPurpose purpose, byte[] message, Runnable last) {
        if (key.purpose() != purpose || key.state() != KeyState.ACTIVE) {
            throw new IllegalArgumentException("expected an active key for " + purpose.text() + ", found " + key.name()
                    + ", " + key.state().text() + ", for " + key.purpose().text());
        }
        return signatures.sign(key.ckaId(), key.verificationKey(), message, last);
    }

    /**
     * Tests every active key in a token that was let in anew.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared
     */
    void require(Hsm hsm) {
        require(hsm, keys);
    }

    private static void require(Hsm hsm, List<CataloguedKey> keys) {
        var selfTest = new KeySelfTest(hsm);
        keys.stream().filter(key -> key.state() == KeyState.ACTIVE).forEach(selfTest::pass);
    }

    /** The key that probes of the token sign with: one that signs the audit log, if there is one. */
    public Optional<CataloguedKey> healthKey() {
        return keys.stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .min(Comparator.comparing(key -> key.purpose() != KeyPurpose.AUDIT_SIGNING));
    }
}
