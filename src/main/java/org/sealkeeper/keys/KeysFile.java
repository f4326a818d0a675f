package org.sealkeeper.keys;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;

/** The operator's file of declared keys, {@code keys.yaml}. */
public final class KeysFile {
    private static final Map<String, SigningAlgorithm> ALGORITHMS = Stream.of(SigningAlgorithm.values())
            .collect(Collectors.toUnmodifiableMap(SigningAlgorithm::joseName, Function.identity()));

    private KeysFile() {}

    /**
     * The declared keys in the order of the file.
     *
     * @throws ConfigurationFault naming the file and line of whatever is missing, unknown, malformed or declared twice
     */
    public static List<DeclaredKey> read(Path file) {
        Section root = ConfigFile.read(file);
        List<DeclaredKey> keys = new ArrayList<>();
        Set<KeyAlias> aliases = new HashSet<>();
        for (Section section : root.sections("keys")) {
            DeclaredKey key = key(section);
            if (!aliases.add(key.alias())) {
                throw section.fault("alias", "key '" + key.alias() + "' is declared twice");
            }
            keys.add(key);
        }
        root.finish();
        return List.copyOf(keys);
    }

    private static DeclaredKey key(Section section) {
        var key = new DeclaredKey(
                section.value("alias", KeyAlias::new),
                section.choice("purpose", KeyPurpose.byText()),
                section.choice("algorithm", ALGORITHMS));
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
}
