package org.sealkeeper.keys;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private static final byte[] PROBE = "sealkeeper health probe".getBytes(StandardCharsets.US_ASCII);

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
        var selfTest = new KeySelfTest(hsm);
        keys.stream().filter(key -> key.state() == KeyState.ACTIVE).forEach(selfTest::pass);
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
     * Signs a constant in the token with every active key, and verifies each signature.
     *
     * <p>The constant is no JWS signing input (it has no dot): such a signature can never pass for one of a document.
     *
     * @return done when all succeeded; or {@link org.sealkeeper.hsm.HsmFault}
     */
    public CompletionStage<?> probe() {
        return CompletableFuture.allOf(keys.stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .map(key -> signatures
                        .sign(key.ckaId(), key.verificationKey(), PROBE)
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }
}
