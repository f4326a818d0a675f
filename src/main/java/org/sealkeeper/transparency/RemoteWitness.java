package org.sealkeeper.transparency;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.TreeHash;

/** A witness of our log, as its client sees it (C2SP tlog-witness). Used by one thread. */
public final class RemoteWitness {
    private static final System.Logger LOG = System.getLogger(RemoteWitness.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_BYTES = Note.MAX_BYTES;
    /** It expected another old size. */
    private static final int CONFLICT = 409;
    /** The proof does not lead from what it saw to this checkpoint. */
    private static final int UNPROCESSABLE = 422;

    private final AuditFile.Witness witness;
    private final HttpClient client;
    private final LongSupplier nanoTime;
    /** What the witness saw last, as far as we know. */
    private long seen;

    /** How often in a row it failed to cosign, and until when it is left alone for that, by the monotonic clock. */
    private int failures;

    private long notBefore;

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public RemoteWitness(AuditFile.Witness witness, HttpClient client, LongSupplier nanoTime) {
        this.witness = witness;
        this.client = client;
        this.nanoTime = nanoTime;
        this.notBefore = nanoTime.getAsLong();
    }

    /** What a witness answered. */
    private record Answer(int status, String body) {}

    /** How many leaves of our log it had seen when it was asked last; 0 before. */
    long seen() {
        return seen;
    }

    /**
     * Asks for its cosignature of this checkpoint, unless it gave that one already.
     *
     * @param published how many leaves were published by now: it may have got a newer checkpoint from another client
     */
    WitnessAnswer cosign(PublishedLog log, long published) {
        if (seen >= log.checkpoint().size() || nanoTime.getAsLong() - notBefore < 0) {
            return new WitnessAnswer.Nothing();
        }
        try {
            Answer answer = ask(log);
            if (answer.status() == CONFLICT) {
                long size = size(answer);
                if (size > published) {
                    return contradicted("has seen this log at size " + size + ", but its newest checkpoint is of size "
                            + published);
                }
                seen = size;
                if (size > log.checkpoint().size()) {
                    return new WitnessAnswer.Nothing();
                }
                answer = ask(log);
            }
            if (answer.status() == UNPROCESSABLE && seen > 0) {
                return contradicted("has seen this log at size " + seen + " with other leaves than it has now");
            }
            NoteSignature line = cosignature(answer, log);
            seen = log.checkpoint().size();
            failures = 0;
            return new WitnessAnswer.Cosigned(line);
        } catch (IOException | IllegalArgumentException e) {
            complain(e.getMessage() == null ? e : e.getMessage());
            return new WitnessAnswer.Nothing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WitnessAnswer.Nothing();
        }
    }

    private WitnessAnswer contradicted(String what) {
        complain("it " + what + ": either the store was rolled back, or the log's keys signed elsewhere");
        return new WitnessAnswer.Contradicted("the witness " + witness.key().name() + " " + what);
    }

    private Answer ask(PublishedLog log) throws IOException, InterruptedException {
        List<TreeHash> proof = log.consistency(seen).hashes();
        byte[] body = new AddCheckpoint(seen, proof, log.note()).bytes();
        HttpRequest request = HttpRequest.newBuilder(witness.url().resolve("add-checkpoint"))
                .timeout(TIMEOUT)
                .header("Content-Type", "text/plain;charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            return new Answer(
                    response.statusCode(), new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        }
    }

    private static long size(Answer answer) {
        long size;
        try {
            size = Long.parseLong(answer.body().strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected the size it saw last, found " + answer.status(), e);
        }
        if (size < 0) {
            throw new IllegalArgumentException("expected the size it saw last, found " + size);
        }
        return size;
    }

    private NoteSignature cosignature(Answer answer, PublishedLog log) {
        if (answer.status() != 200) {
            throw new IllegalArgumentException("expected a cosignature, found status " + answer.status());
        }
        return Note.signatures(answer.body()).stream()
                .filter(line -> witness.key().verifies(log.note().text(), line)
                        && witness.key().time(line).orElse(0) > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a valid cosignature of its key, found none"));
    }

    /** Warns once until it works again: a witness may be away for days, and is then asked less and less often, but once a minute at least. */
    private void complain(Object failure) {
        if (failures == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the witness {0} did not cosign: {1}",
                    witness.key().name(),
                    failure);
        }
        failures++;
        notBefore = nanoTime.getAsLong()
                + Math.min(LONGEST_PAUSE.toNanos(), SHORTEST_PAUSE.toNanos() << Math.min(failures, 10));
    }
}
