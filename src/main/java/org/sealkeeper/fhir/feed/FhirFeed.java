package org.sealkeeper.fhir.feed;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.fhir.FhirRelease;
import org.sealkeeper.fhir.LoggedLeaf;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Store;

/**
 * Brings each leaf that is under a checkpoint to a FHIR server, one after the other, on a thread of its own: a server that is slow or gone
 * delays nothing else. No leaf is skipped: one that the server does not take holds up those after it, until it does.
 */
public final class FhirFeed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FhirFeed.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** Leaves read at once; so many may be sent a second time after a crash. */
    private static final int PAGE = 100;

    private final AuditLog log;
    private final Store store;
    private final RemoteFhirServer server;
    private final FhirRelease release;
    private final BackgroundLoop loop;
    /** Written by the loop's thread alone. */
    private volatile Progress progress = Progress.UNKNOWN;

    /**
     * How far it is.
     *
     * @param next the first leaf that the server does not have
     * @param trouble why it does not; empty where all is well
     * @param isRefused whether the server does not take that leaf
     */
    public record Progress(long next, Optional<String> trouble, boolean isRefused) {
        private static final Progress UNKNOWN = new Progress(0, Optional.empty(), false);

        private Progress at(long leaf) {
            return new Progress(leaf, Optional.empty(), false);
        }

        private Progress troubledBy(String what) {
            return new Progress(next, Optional.of(what), false);
        }

        private Progress refused(String what) {
            return new Progress(next, Optional.of(what), true);
        }
    }

    /** What kept a leaf from being delivered; the loop tries again. */
    private static final class Undelivered extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undelivered(String message) {
            super(message);
        }
    }

    public FhirFeed(AuditLog log, Store store, RemoteFhirServer server, FhirRelease release, BackgroundLoops loops) {
        this.log = log;
        this.store = store;
        this.server = server;
        this.release = release;
        this.loop = loops.loop("fhir-feed", INTERVAL, this::round, "the FHIR server was not told of every leaf");
    }

    public void start() {
        loop.start();
    }

    public Progress progress() {
        return progress;
    }

    /** How many published leaves the server does not have yet. */
    public long lag() {
        return Math.max(
                0,
                log.published().map(published -> published.checkpoint().size()).orElse(0L) - progress.next());
    }

    private void round() throws InterruptedException {
        try {
            Optional<PublishedLog> published = log.published();
            if (published.isPresent()) {
                send(published.get());
            }
        } catch (Undelivered e) {
            throw e;
        } catch (RuntimeException e) {
            progress = progress.troubledBy(e.getMessage() == null ? e.toString() : e.getMessage());
            throw e;
        }
    }

    private void send(PublishedLog published) throws InterruptedException {
        Origin origin = published.checkpoint().origin();
        var cursor = new FeedCursor(server.url().toString(), origin);
        long known = store.read(cursor::next);
        if (progress.next() > known) {
            keep(cursor); // the last time, the store could not
        } else if (progress.next() < known) {
            progress = progress.at(known);
        }
        while (progress.next() < published.checkpoint().size()) {
            sendPage(published, origin, cursor);
        }
        progress = progress.at(progress.next());
    }

    private void sendPage(PublishedLog published, Origin origin, FeedCursor cursor) throws InterruptedException {
        long first = progress.next();
        try {
            for (byte[] entry : published.entries(first, first + PAGE)) {
                send(LoggedLeaf.of(origin, progress.next(), RecordedLeaf.parse(entry)));
            }
        } finally {
            if (progress.next() > first) {
                keep(cursor);
            }
        }
    }

    /** What was taken before is not sent again. If we crash before this is durable, it is. */
    private void keep(FeedCursor cursor) {
        long next = progress.next();
        var _ = store.commit(rows -> cursor.keep(rows, next));
    }

    private void send(LoggedLeaf leaf) throws InterruptedException {
        switch (server.bring(release.auditEvent(leaf))) {
            case Delivery.Taken _ -> progress = progress.at(leaf.index() + 1);
            case Delivery.Postponed(String why, Optional<Duration> pause) -> {
                String trouble = "leaf " + leaf.index() + " was not delivered to " + server.url() + ": " + why;
                progress = progress.troubledBy(trouble);
                if (pause.isPresent()) {
                    Thread.sleep(pause.get().compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.get());
                }
                throw new Undelivered(trouble);
            }
            case Delivery.Refused(String why) -> {
                String trouble = "leaf " + leaf.index() + " was refused by " + server.url() + ": " + why;
                if (!progress.isRefused()) {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "{0}; no leaf is skipped, those after it wait: have the server take it",
                            trouble);
                }
                progress = progress.refused(trouble);
                throw new Undelivered(trouble);
            }
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
