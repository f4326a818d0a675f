package org.sealkeeper.envelope.emergency;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.store.Store;

/** Takes reviews of emergencies: each is a leaf of the audit log, and durable with it. */
public final class EmergencyReviews {
    private static final Reason OWN_EMERGENCY = new Reason("own-emergency");

    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Takes them into this store and log.
     *
     * @param random a secure one: it salts the notes
     */
    public EmergencyReviews(Store store, AuditLog audit, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What a caller asks for.
     *
     * @param decision that lets it review
     * @param emergency the index of the leaf that began it
     */
    public record Request(
            Caller caller, RequestId id, Decision decision, long emergency, ReviewVerdict verdict, ReviewNote note) {}

    /** Takes a review. Blocks until it is durable. */
    public ReviewOutcome review(Request request) {
        Optional<EmergencyReview> emergency = store.read(rows -> new EmergencyTable(rows).of(request.emergency()));
        if (emergency.isEmpty()) {
            return new ReviewOutcome.Unknown();
        }
        if (emergency.get().caller().equals(request.caller().fullName())) {
            var _ = audit.refuse(leaf(request).refused(request.decision(), OWN_EMERGENCY))
                    .toCompletableFuture()
                    .join();
            return new ReviewOutcome.OwnEmergency();
        }
        return new ReviewOutcome.Reviewed(keep(request, emergency.get()));
    }

    private long keep(Request request, EmergencyReview emergency) {
        String salt = SaltedDigest.salt(random);
        var subject = new Subject.Review(
                emergency.key(),
                emergency.purpose(),
                emergency.leaf(),
                request.verdict().text(),
                SaltedDigest.of(salt, request.note().text()));
        Instant now = clock.instant();
        return store.commit(rows -> {
            long leaf = audit.append(rows, leaf(request).on(subject));
            new EmergencyTable(rows).review(leaf, request, salt, now);
            return leaf;
        });
    }

    private Leaf leaf(Request request) {
        return Leaf.done(
                        clock.instant(),
                        Operation.REVIEW_EMERGENCY,
                        new Actor.Identified(request.caller()),
                        new Subject.Whole(),
                        request.decision().rule())
                .decidedBy(request.decision())
                .in(request.id());
    }
}
