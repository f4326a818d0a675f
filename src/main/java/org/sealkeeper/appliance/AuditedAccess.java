package org.sealkeeper.appliance;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.http.access.Access;
import org.sealkeeper.http.access.AccessJournal;
import org.sealkeeper.http.problem.ProblemType;

/** Keeps the record of requests in the audit log. */
final class AuditedAccess implements AccessJournal {
    private static final String FRONT_DOOR = "front-door";
    private static final Set<ProblemType> DENIALS =
            Set.of(ProblemType.UNAUTHENTICATED, ProblemType.INVALID_TOKEN, ProblemType.FORBIDDEN);

    private final AuditLog audit;
    private final InstantSource clock;

    AuditedAccess(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public CompletionStage<?> record(Access access) {
        Leaf leaf = leaf(access).in(access.id());
        return access.problem().isPresent() ? audit.refuse(leaf) : audit.append(leaf);
    }

    @Override
    public void count(Access access) {
        audit.count(leaf(access));
    }

    private Leaf leaf(Access access) {
        Leaf done = Leaf.done(
                        clock.instant(),
                        access.operation().flatMap(Operation::named).orElse(Operation.OTHER_REQUEST),
                        access.caller().<Actor>map(Actor.Identified::new).orElseGet(Actor.Anonymous::new),
                        access.chain().<Subject>map(Subject.Chain::new).orElseGet(Subject.Whole::new),
                        access.rule().orElse(FRONT_DOOR))
                .decidedBy(new Decision(true, access.rule().orElse(FRONT_DOOR), access.policy(), access.claims()));
        return access.problem().map(problem -> ended(done, problem)).orElse(done);
    }

    private static Leaf ended(Leaf done, ProblemType problem) {
        var reason = new Reason(problem.name());
        if (problem.status() >= 500) {
            return done.ending(Outcome.FAILED, Optional.of(reason), OptionalLong.empty());
        }
        Decision decision = done.decision();
        boolean isAllowed = !DENIALS.contains(problem);
        return done.refused(new Decision(isAllowed, decision.rule(), decision.policy(), decision.claims()), reason);
    }
}
