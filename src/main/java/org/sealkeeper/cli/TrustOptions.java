package org.sealkeeper.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.mirror.CheckpointJudge;
import picocli.CommandLine.Option;

/** Whose signatures under a checkpoint are believed; one of the two. */
final class TrustOptions {
    private static final int MAX_BYTES = 1 << 20;

    @Option(
            names = "--vkeys",
            required = true,
            paramLabel = "FILE",
            description = "The keys of the log, one vkey a line; each must have signed.")
    @Nullable
    Path vkeys;

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "The keys of the log and of witnesses, and how many of these (C2SP tlog-policy).")
    @Nullable
    Path policy;

    CheckpointJudge judge() {
        return new CheckpointJudge(
                vkeys != null ? read(vkeys, TrustPolicy::ofLogKeys) : read(requireNonNull(policy), TrustPolicy::parse));
    }

    private static TrustPolicy read(Path file, Function<String, TrustPolicy> parse) {
        try {
            return parse.apply(InputFile.text(file, MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }
}
