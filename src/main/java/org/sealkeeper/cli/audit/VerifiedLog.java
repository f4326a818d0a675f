package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.mirror.BlockCheck;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.LogSource;
import org.sealkeeper.mirror.LogVerdict;
import org.sealkeeper.mirror.LogVerifier;
import org.sealkeeper.mirror.VerifiedLeaves;

/**
 * Hands on a log only once it was found valid, from its first leaf to the checkpoint.
 *
 * @param name as the user named it
 * @param otherwise what is said where it is not
 */
record VerifiedLog(String name, LogSource source, CheckpointJudge judge, String otherwise) {

    /**
     * Verifies it, and has it used.
     *
     * @param blocks those that must have their leaves in it
     * @return the exit code
     */
    int use(PrintWriter err, Optional<BlockCheck> blocks, Consumer<VerifiedLeaves> use) {
        var progress = new LeafProgress(err, System::nanoTime);
        return switch (new LogVerifier(judge, source, progress).verify(Optional.empty(), blocks)) {
            case LogVerdict.Valid(var report) -> {
                use.accept(new VerifiedLeaves(source, report.checkpoint().checkpoint()));
                yield ExitCode.OK;
            }
            case LogVerdict.Unknown unknown -> refused(err, unknown);
            case LogVerdict.Invalid invalid -> refused(err, invalid);
        };
    }

    int refused(PrintWriter err, LogVerdict verdict) {
        err.println(new AuditReport(name, verdict).text());
        err.println("sealkeeper: " + otherwise);
        return ExitCode.INVALID;
    }
}
