package org.sealkeeper.mirror;

import java.util.Optional;
import org.sealkeeper.merkle.Checkpoint;

/**
 * Brings a mirror up to date. Verifies while it goes that the server's log is the mirrored one, grown; and only then replaces
 * the mirror's checkpoint. If we are killed at any moment, the next run goes on.
 */
public final class Fetch {
    private final CheckpointJudge judge;
    private final LogSource server;
    private final Mirror mirror;
    private final Progress progress;

    public Fetch(CheckpointJudge judge, LogSource server, Mirror mirror, Progress progress) {
        this.judge = judge;
        this.server = server;
        this.mirror = mirror;
        this.progress = progress;
    }

    /**
     * Fetches what the mirror lacks.
     *
     * @throws InvalidLog if what the server or the mirror has is not a log; the mirror is as it was
     * @throws SourceFault if the server cannot be read; what was fetched is kept for the next run
     */
    public FetchOutcome run() {
        Optional<SignedCheckpoint> kept =
                mirror.find(LogFile.CHECKPOINT).map(bytes -> judge.remembered(LogFile.CHECKPOINT.path(), bytes));
        // First the one with cosignatures: a log that grows meanwhile has a checkpoint of at least its size.
        Optional<SignedCheckpoint> cosigned =
                server.find(LogFile.COSIGNED).map(bytes -> judge.judge(LogFile.COSIGNED.path(), bytes));
        SignedCheckpoint fresh = judge.judge(LogFile.CHECKPOINT.path(), server.read(LogFile.CHECKPOINT));
        try {
            return extend(kept, fresh, cosigned);
        } catch (Extension.Contradiction e) {
            mirror.write(FolderSource.REJECTED, fresh.note().bytes());
            mirror.tidy(shape(kept));
            return new FetchOutcome.Rejected(String.valueOf(e.getMessage()));
        } catch (InvalidLog e) {
            mirror.tidy(shape(kept));
            throw e;
        }
    }

    private FetchOutcome extend(
            Optional<SignedCheckpoint> kept, SignedCheckpoint fresh, Optional<SignedCheckpoint> cosigned) {
        var extension =
                new Extension(server, mirror, kept.map(SignedCheckpoint::checkpoint), fresh.checkpoint(), progress);
        extension.run();
        cosigned.ifPresent(note -> expectCosigned(note.checkpoint(), fresh.checkpoint()));
        mirror.write(LogFile.CHECKPOINT.path(), fresh.note().bytes());
        cosigned.ifPresent(
                note -> mirror.write(LogFile.COSIGNED.path(), note.note().bytes()));
        mirror.tidy(new LogShape(fresh.checkpoint().size()));
        return new FetchOutcome.Fetched(fresh, shape(kept).size(), extension.files(), extension.bytes());
    }

    private void expectCosigned(Checkpoint cosigned, Checkpoint fresh) {
        LogVerifier.expectEarlier(LogFile.COSIGNED.path(), cosigned, fresh);
        var log = new LogReader(mirror.source(), fresh.size());
        if (!log.tree().root(0, cosigned.size()).equals(cosigned.root())) {
            throw new Extension.Contradiction(
                    "the checkpoint of " + cosigned.size() + " leaves that witnesses cosigned is not one of this log");
        }
    }

    private static LogShape shape(Optional<SignedCheckpoint> checkpoint) {
        return new LogShape(checkpoint.map(signed -> signed.checkpoint().size()).orElse(0L));
    }
}
