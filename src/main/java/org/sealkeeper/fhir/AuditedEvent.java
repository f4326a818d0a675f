package org.sealkeeper.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * What a leaf says, in the terms of FHIR and of no release of it; the forms of the releases write it down. Claims of tokens and digests of
 * justifications stay in the log.
 *
 * @param since when the first of several events was, of which the leaf tells
 * @param purpose a code of v3-ActReason
 */
record AuditedEvent(
        LoggedLeaf logged,
        String recorded,
        Optional<String> since,
        Coding type,
        List<Coding> subtypes,
        Action action,
        Optional<String> reason,
        Optional<String> purpose,
        List<Agent> agents,
        List<Entity> entities) {

    static AuditedEvent of(LoggedLeaf logged) {
        RecordedLeaf leaf = logged.leaf();
        EventKind kind = EventKind.of(logged.operation());
        boolean isRefused = logged.outcome() == Outcome.REFUSED;
        return new AuditedEvent(
                logged,
                leaf.text(LeafField.TIME).orElseThrow(),
                leaf.text(LeafField.SINCE),
                isRefused ? EventKind.SECURITY_ALERT : kind.type(),
                subtypes(kind, logged),
                kind.action(),
                leaf.text(LeafField.REASON),
                leaf.text(LeafField.PURPOSE),
                Agent.of(logged),
                Entity.of(logged));
    }

    /** What was refused is an alert of the type that it would have been. */
    private static List<Coding> subtypes(EventKind kind, LoggedLeaf logged) {
        List<Coding> subtypes = new ArrayList<>(List.of(Coding.of(logged.operation())));
        if (logged.outcome() == Outcome.REFUSED && !kind.type().equals(EventKind.SECURITY_ALERT)) {
            subtypes.add(kind.type());
        }
        subtypes.addAll(kind.subtypes());
        if (logged.isRelease()) {
            subtypes.add(EventKind.DISCLOSE);
        }
        return subtypes;
    }
}
