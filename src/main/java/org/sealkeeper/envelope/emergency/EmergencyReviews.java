package org.sealkeeper.envelope.emergency;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
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
     * That a caller wants to review.
     *
     * @param decision about that
     */
    public record Request(Caller caller, RequestId id, Decision decision) {}

    /**
     * What it found.
     *
     * @param emergency the index of the leaf that began it
     */
    public record Finding(long emergency, ReviewVerdict verdict, ReviewNote note) {}

    /** Takes a review that is allowed. Blocks until it is durable. */
    public ReviewOutcome review(Request request, Finding finding) {
        Optional<EmergencyReview> emergency = store.read(rows -> new EmergencyTable(rows).of(finding.emergency()));
        if (emergency.isEmpty()) {
            return new ReviewOutcome.Unknown();
        }
        return request.caller().mayBe(emergency.get().caller())
                ? new ReviewOutcome.OwnEmergency()
                : new ReviewOutcome.Reviewed(keep(request, emergency.get(), finding));
    }

    /** Records that a review was not taken; completes once that is durable. */
    public CompletionStage<?> refuse(Request request, Reason reason) {
        return audit.refuse(leaf(request).refused(request.decision(), reason));
    }

    private long keep(Request request, EmergencyReview emergency, Finding finding) {
        String salt = SaltedDigest.salt(random);
        var subject = new Subject.Review(
                emergency.key(),
                emergency.purpose(),
                emergency.leaf(),
                finding.verdict().text(),
                SaltedDigest.of(salt, finding.note().text()));
        Instant now = clock.instant();
        return store.commit(rows -> {
            long leaf = audit.append(
                    rows, leaf(request).decidedBy(request.decision()).on(subject));
            new EmergencyTable(rows).review(leaf, request.caller().fullName(), finding, salt, now);
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
                .in(request.id());
    }
}
