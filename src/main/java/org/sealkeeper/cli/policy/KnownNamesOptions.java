package org.sealkeeper.cli.policy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.policy.KnownNames;
import picocli.CommandLine.Option;

/** The files whose names a policy may use. */
final class KnownNamesOptions {
    @Option(
            names = "--chains",
            paramLabel = "FILE",
            description = "The declared chains, chains.yaml: every chain the policy names must be one of them.")
    Optional<Path> chains = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "The declared keys, keys.yaml: every key the policy names must be one of them.")
    Optional<Path> keys = Optional.empty();

    KnownNames read() {
        return new KnownNames(
                chains.map(KnownNamesOptions::chainNames),
                keys.map(file -> KeysFile.read(file).aliases()));
    }

    /** Of a chain only its name counts here; the appliance checks the rest against its keys. */
    private static Set<ChainName> chainNames(Path file) {
        return ConfigFile.read(file).sections("chains").stream()
                .map(section -> section.value("name", ChainName::new))
                .collect(Collectors.toUnmodifiableSet());
    }
}
