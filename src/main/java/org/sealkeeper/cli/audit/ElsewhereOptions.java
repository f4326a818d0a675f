package org.sealkeeper.cli.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.FolderSource;
import org.sealkeeper.mirror.InvalidLog;
import org.sealkeeper.mirror.LogFile;
import org.sealkeeper.mirror.LogVerdict;
import org.sealkeeper.mirror.LogVerifier;
import org.sealkeeper.mirror.MirroredHeads;
import org.sealkeeper.rollback.Remembered;
import org.sealkeeper.rollback.RememberedHead;
import picocli.CommandLine.Option;

/** What others have of the log: it is believed where our own keys signed it. */
final class ElsewhereOptions {
    @Option(
            names = "--mirror",
            paramLabel = "FOLDER",
            description =
                    "A copy of the log, made by 'sealkeeper audit fetch': heads are raised to what its leaves say.")
    @Nullable
    Path mirror;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = {
                "The newest checkpoint of the log that a witness or an auditor has. Where it has more leaves than the token",
                "and the mirror know, no chain can be called unused."
            })
    @Nullable
    Path checkpoint;

    /** What the leaves of the mirror say; empty where there is none. */
    Optional<MirroredHeads> mirrored(KeyRing keys, LeafProgress progress) {
        return Optional.ofNullable(mirror).map(folder -> mirrored(folder, keys, progress));
    }

    private static MirroredHeads mirrored(Path folder, KeyRing keys, LeafProgress progress) {
        var source = new FolderSource(folder);
        byte[] newest = source.find(LogFile.CHECKPOINT)
                .orElseThrow(() -> new ConfigurationFault(folder + ": expected the folder of a mirror, found none"));
        CheckpointJudge judge = judge(folder.resolve("checkpoint"), newest, keys);
        LogVerdict verdict = new LogVerifier(judge, source, progress).verify(Optional.empty(), Optional.empty());
        if (!(verdict instanceof LogVerdict.Valid(var report))) {
            throw new ConfigurationFault(
                    folder + ": expected a valid log; see 'sealkeeper audit verify " + folder + "'");
        }
        return MirroredHeads.of(source, report.checkpoint().checkpoint());
    }

    /** As the token would remember it. */
    static Remembered remembered(MirroredHeads found) {
        var heads = new TreeMap<ChainName, RememberedHead>();
        found.heads().forEach((chain, block) -> heads.put(chain, new RememberedHead(block.height(), block.hash())));
        return new Remembered(found.checkpoint(), heads);
    }

    /** The checkpoint; empty where none was given. */
    Optional<Checkpoint> seen(KeyRing keys) {
        return Optional.ofNullable(checkpoint).map(file -> seen(file, keys));
    }

    private static Checkpoint seen(Path file, KeyRing keys) {
        byte[] bytes = InputFile.bytes(file, Note.MAX_BYTES);
        try {
            return judge(file, bytes, keys).remembered(file.toString(), bytes).checkpoint();
        } catch (InvalidLog e) {
            throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
        }
    }

    /** Judges by those of our own keys that signed it, under the name that the log gives itself. */
    private static CheckpointJudge judge(Path file, byte[] bytes, KeyRing keys) {
        try {
            Note note = Note.parse(bytes);
            Origin origin = Checkpoint.parse(note.text()).origin();
            return new CheckpointJudge(TrustPolicy.ofLogKeys(LogKeys.verifiers(keys.keys(), origin).stream()
                    .filter(note::isSignedBy)
                    .map(VerifierKey::toString)
                    .collect(Collectors.joining("\n"))));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(
                    file + ": expected a checkpoint that this appliance signed: " + e.getMessage(), e);
        }
    }
}
