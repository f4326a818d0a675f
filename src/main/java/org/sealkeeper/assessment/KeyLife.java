package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Lifetime;

/**
 * One version of a key, in whichever tokens.
 *
 * @param kind what it does
 * @param since when it came into its state
 * @param declared what {@code keys.yaml} says of its life
 * @param certificate where it signs: until when its certificate of an authority is good; empty where it has none
 * @param isCertificateDeclared whether it is to have one
 */
public record KeyLife(
        KeyAlias alias,
        int version,
        Kind kind,
        KeyState state,
        Instant createdAt,
        Instant since,
        Lifetime declared,
        Optional<Instant> certificate,
        boolean isCertificateDeclared) {

    /** What a key does. */
    public enum Kind {
        SIGNS,
        WRAPS
    }

    /** How messages call it. */
    String name() {
        return (kind == Kind.SIGNS ? "key '" : "key-encryption key '") + alias + "' version " + version;
    }

    /**
     * All that a store knows, by alias and version.
     *
     * @param file what is declared; {@link KeysFile#EMPTY} where that is not known
     */
    public static List<KeyLife> of(List<CataloguedKey> pairs, List<KeyEncryptionKey> wrapping, KeysFile file) {
        Map<String, KeyLife> lives = new LinkedHashMap<>();
        for (CataloguedKey pair : pairs) {
            KeyLife life = of(pair, file.key(pair.alias()));
            lives.putIfAbsent(life.name(), life);
        }
        List<KeyLife> all = new ArrayList<>(lives.values());
        for (KeyEncryptionKey key : wrapping) {
            all.add(of(key, wrapping, file.keyEncryptionKey(key.alias())));
        }
        return all;
    }

    private static KeyLife of(CataloguedKey pair, Optional<DeclaredKey> declared) {
        return new KeyLife(
                pair.alias(),
                pair.version(),
                Kind.SIGNS,
                pair.state(),
                pair.createdAt(),
                pair.status().since(),
                declared.map(DeclaredKey::lifetime).orElse(Lifetime.UNDECLARED),
                pair.isCertified()
                        ? Optional.of(pair.certificate().getNotAfter().toInstant())
                        : Optional.empty(),
                declared.filter(DeclaredKey::isIssued).isPresent());
    }

    /** It wraps until the next version is made. */
    private static KeyLife of(
            KeyEncryptionKey key, List<KeyEncryptionKey> all, Optional<DeclaredKeyEncryptionKey> declared) {
        Instant next = all.stream()
                .filter(other -> other.alias().equals(key.alias()) && other.version() > key.version())
                .min(Comparator.comparingInt(KeyEncryptionKey::version))
                .map(KeyEncryptionKey::createdAt)
                .orElse(key.createdAt());
        return new KeyLife(
                key.alias(),
                key.version(),
                Kind.WRAPS,
                state(key.state()),
                key.createdAt(),
                key.state() == KeyEncryptionKey.State.ACTIVE ? key.createdAt() : next,
                declared.map(DeclaredKeyEncryptionKey::lifetime).orElse(Lifetime.UNDECLARED),
                Optional.empty(),
                false);
    }

    private static KeyState state(KeyEncryptionKey.State state) {
        return switch (state) {
            case ACTIVE -> KeyState.ACTIVE;
            case DEACTIVATED -> KeyState.DEACTIVATED;
            case DESTROYED -> KeyState.DESTROYED;
        };
    }
}
