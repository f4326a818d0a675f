package org.sealkeeper.cli.audit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.verify.StrictUtf8;
import picocli.CommandLine.Option;

/** Whose signatures under a checkpoint are believed; one of the two, or both where the policy names no log. */
public final class TrustOptions {
    private static final int MAX_BYTES = 1 << 20;

    @Option(
            names = "--vkeys",
            paramLabel = "FILE",
            description = "The keys of the log, one vkey a line; each must have signed.")
    @Nullable
    Path vkeys;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "The keys of the log and of witnesses, and how many of these (C2SP tlog-policy); beside --vkeys,"
                            + " of witnesses alone.")
    @Nullable
    Path policy;

    /** By whose keys checkpoints are judged. */
    public CheckpointJudge judge() {
        if (policy == null) {
            return new CheckpointJudge(read(requireNonNull(vkeys), TrustOptions::ofLogKeys));
        }
        TrustPolicy trusted = read(policy, TrustPolicy::parse);
        if (trusted.logs().isEmpty() == (vkeys == null)) {
            throw new ConfigurationFault(
                    vkeys == null
                            ? policy
                                    + ": expected a log in this policy, found none; give the keys of yours with --vkeys, too"
                            : policy
                                    + ": expected no log in a policy beside --vkeys, found one; give one of the two alone");
        }
        return new CheckpointJudge(vkeys == null ? trusted : trusted.forLogsOf(read(vkeys, TrustOptions::ofLogKeys)));
    }

    private static TrustPolicy ofLogKeys(byte[] octets) {
        return TrustPolicy.ofLogKeys(StrictUtf8.decode(octets));
    }

    private static TrustPolicy read(Path file, Function<byte[], TrustPolicy> parse) {
        try {
            return parse.apply(StrictUtf8.withoutByteOrderMark(InputFile.bytes(file, MAX_BYTES)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }
}
