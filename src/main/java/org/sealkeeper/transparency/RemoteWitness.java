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
import java.util.Optional;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.TreeHash;

/** A witness of our log, as its client sees it (C2SP tlog-witness). Used by one thread. */
public final class RemoteWitness {
    private static final System.Logger LOG = System.getLogger(RemoteWitness.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_BYTES = Note.MAX_BYTES;

    private final AuditFile.Witness witness;
    private final HttpClient client;
    /** What the witness saw last, as far as we know. */
    private long seen;

    /** How often in a row it failed to cosign, and until when it is left alone for that ({@link System#nanoTime}). */
    private int failures;

    private long notBefore = System.nanoTime();

    public RemoteWitness(AuditFile.Witness witness, HttpClient client) {
        this.witness = witness;
        this.client = client;
    }

    /** What a witness answered. */
    private record Answer(int status, String body) {}

    /** Its cosignature of this checkpoint; empty where it has that one already, or does not give it. */
    Optional<NoteSignature> cosignatureOf(PublishedLog log) {
        if (seen == log.checkpoint().size() || System.nanoTime() - notBefore < 0) {
            return Optional.empty();
        }
        try {
            Answer answer = ask(log);
            if (answer.status() == 409) {
                seen = size(answer, log);
                answer = ask(log);
            }
            NoteSignature line = cosignature(answer, log);
            seen = log.checkpoint().size();
            failures = 0;
            return Optional.of(line);
        } catch (IOException | IllegalArgumentException e) {
            complain(e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Answer ask(PublishedLog log) throws IOException, InterruptedException {
        List<TreeHash> proof = log.consistency(seen).hashes();
        byte[] body = new AddCheckpoint(seen, proof, log.note()).bytes();
        HttpRequest request = HttpRequest.newBuilder(witness.url().resolve("add-checkpoint"))
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain;charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            return new Answer(
                    response.statusCode(), new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        }
    }

    /** More than there is would mean that somebody signed another history. */
    private static long size(Answer answer, PublishedLog log) {
        long size;
        try {
            size = Long.parseLong(answer.body().strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected the size it saw last, found " + answer.status(), e);
        }
        if (size < 0 || size > log.checkpoint().size()) {
            throw new IllegalArgumentException(
                    "it has seen this log at size " + size + ", but the newest checkpoint is of size "
                            + log.checkpoint().size()
                            + ": either the store was rolled back, or the log's keys signed elsewhere");
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

    /** Once, until it works again: a witness may be gone for days, and is then asked ever more seldom, at least each minute. */
    private void complain(Exception failure) {
        if (failures == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the witness {0} did not cosign: {1}",
                    witness.key().name(),
                    failure.getMessage() == null ? failure : failure.getMessage());
        }
        failures++;
        notBefore = System.nanoTime()
                + Math.min(LONGEST_PAUSE.toNanos(), SHORTEST_PAUSE.toNanos() << Math.min(failures, 10));
    }
}
