package org.sealkeeper.keys.provisioning;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyPurpose;

/**
 * The operator's file of declared keys, {@code keys.yaml}, each list in the order of the file.
 *
 * @param keys those that sign
 * @param keyEncryptionKeys those that protect data keys; they are all of one kind
 * @param recipients to whom data keys may be released; empty where the file says nothing of them
 * @param officers the file of those who approve changes; empty where it says nothing of them
 */
public record KeysFile(
        List<DeclaredKey> keys,
        List<DeclaredKeyEncryptionKey> keyEncryptionKeys,
        Optional<List<DeclaredRecipient>> recipients,
        Optional<Path> officers) {
    /** Where nothing is declared. */
    public static final KeysFile EMPTY = new KeysFile(List.of(), List.of(), Optional.empty(), Optional.empty());

    private static final Map<String, SigningAlgorithm> ALGORITHMS = Stream.of(SigningAlgorithm.values())
            .collect(Collectors.toUnmodifiableMap(SigningAlgorithm::joseName, Function.identity()));

    /** A hundred years. */
    private static final int MOST_DAYS = 36_500;

    /** Far above any honest one. */
    private static final int MOST_VERSIONS = 100_000;

    public KeysFile {
        keys = List.copyOf(keys);
        keyEncryptionKeys = List.copyOf(keyEncryptionKeys);
        recipients = recipients.map(List::copyOf);
    }

    /**
     * Reads the file.
     *
     * @throws ConfigurationFault naming the file and line of whatever is missing, unknown, malformed or declared twice
     */
    public static KeysFile read(Path file) {
        Section root = ConfigFile.read(file);
        Set<KeyAlias> aliases = new HashSet<>();
        var declared = new KeysFile(
                root.sections("keys").stream()
                        .map(section -> key(section, aliases))
                        .toList(),
                root.sections("keyEncryptionKeys").stream()
                        .map(section -> keyEncryptionKey(section, aliases))
                        .toList(),
                root.has("recipients") ? Optional.of(recipients(root)) : Optional.empty(),
                root.has("officers") ? Optional.of(root.path("officers")) : Optional.empty());
        root.finish();
        return declared;
    }

    /** The key-encryption key of this alias; empty where it is not declared. */
    public Optional<DeclaredKeyEncryptionKey> keyEncryptionKey(KeyAlias alias) {
        return keyEncryptionKeys.stream()
                .filter(key -> key.alias().equals(alias))
                .findFirst();
    }

    /** The key of this alias that signs; empty where it is not declared. */
    public Optional<DeclaredKey> key(KeyAlias alias) {
        return keys.stream().filter(key -> key.alias().equals(alias)).findFirst();
    }

    /** The names of all of them. */
    public Set<KeyAlias> aliases() {
        return Stream.concat(
                        keys.stream().map(DeclaredKey::alias),
                        keyEncryptionKeys.stream().map(DeclaredKeyEncryptionKey::alias))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static DeclaredKey key(Section section, Set<KeyAlias> aliases) {
        var key = new DeclaredKey(
                alias(section, aliases),
                section.choice("purpose", KeyPurpose.byText()),
                section.choice("algorithm", ALGORITHMS),
                section.has("tokens") ? tokens(section) : List.of(),
                new Lifetime(cryptoperiod(section), isDestroyedAfter(section), version(section)),
                section.has("certificate")
                        && section.choice("certificate", Map.of("self-signed", false, "issued", true)));
        if (!key.purpose().algorithms().contains(key.algorithm())) {
            throw section.fault(
                    "algorithm",
                    "a key for " + key.purpose().text() + " is of "
                            + key.purpose().algorithms().stream()
                                    .map(SigningAlgorithm::joseName)
                                    .collect(Collectors.joining(" or "))
                            + ", found " + key.algorithm().joseName());
        }
        section.finish();
        return key;
    }

    private static List<DeclaredRecipient> recipients(Section root) {
        Set<RecipientName> names = new HashSet<>();
        return root.sections("recipients").stream()
                .map(section -> recipient(section, names))
                .toList();
    }

    private static DeclaredRecipient recipient(Section section, Set<RecipientName> names) {
        var recipient = new DeclaredRecipient(section.value("name", RecipientName::new), section.path("certificate"));
        if (!names.add(recipient.name())) {
            throw section.fault("name", "recipient '" + recipient.name() + "' is declared twice");
        }
        section.finish();
        return recipient;
    }

    private static Optional<Integer> version(Section section) {
        return section.has("version")
                ? Optional.of((int) section.integer("version", 1, MOST_VERSIONS))
                : Optional.empty();
    }

    private static Optional<Duration> cryptoperiod(Section section) {
        return section.has("cryptoperiodDays")
                ? Optional.of(Duration.ofDays(section.integer("cryptoperiodDays", 1, MOST_DAYS)))
                : Optional.empty();
    }

    private static boolean isDestroyedAfter(Section section) {
        return section.has("afterwards") && section.choice("afterwards", Map.of("keep", false, "destroy", true));
    }

    private static List<TokenLabel> tokens(Section section) {
        List<TokenLabel> tokens = section.values("tokens", TokenLabel::new);
        if (tokens.isEmpty() || Set.copyOf(tokens).size() != tokens.size()) {
            throw section.fault("tokens", "expected the labels of one or more tokens, each once");
        }
        return tokens;
    }

    private static DeclaredKeyEncryptionKey keyEncryptionKey(Section section, Set<KeyAlias> aliases) {
        var key = new DeclaredKeyEncryptionKey(
                alias(section, aliases),
                section.has("tokens") ? tokens(section) : List.of(),
                new Lifetime(cryptoperiod(section), false, version(section)));
        if (key.tokens().size() > KeyEncryptionKey.MOST_TOKENS) {
            throw section.fault(
                    "tokens",
                    "expected at most " + KeyEncryptionKey.MOST_TOKENS + " tokens, found "
                            + key.tokens().size());
        }
        section.finish();
        return key;
    }

    private static KeyAlias alias(Section section, Set<KeyAlias> aliases) {
        KeyAlias alias = section.value("alias", KeyAlias::new);
        if (!aliases.add(alias)) {
            throw section.fault("alias", "key '" + alias + "' is declared twice");
        }
        return alias;
    }
}
