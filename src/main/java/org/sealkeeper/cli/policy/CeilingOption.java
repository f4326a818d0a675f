package org.sealkeeper.cli.policy;

import java.nio.file.Path;
import java.util.Optional;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.Chains;
import picocli.CommandLine.Option;

/** The ceiling of a chain, above which nothing is signed, whatever a policy allows. */
final class CeilingOption {
    @Option(
            names = "--chains",
            paramLabel = "FILE",
            description = "The declared chains, chains.yaml: to tell the ceiling of the chain, where it has one.")
    Optional<Path> chains = Optional.empty();

    Optional<Height> of(ChainName chain) {
        return chains.flatMap(file -> Optional.ofNullable(Chains.ceilings(file).get(chain)));
    }
}
