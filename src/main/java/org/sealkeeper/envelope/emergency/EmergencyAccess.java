package org.sealkeeper.envelope.emergency;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/**
 * Breaking the glass: in an emergency, a caller that the policy grants it gets data keys for a short time, once it gave a justification.
 * Its beginning and its end are leaves of their own, and people are alarmed when it begins.
 */
public final class EmergencyAccess {
    private static final String RULE = "emergency";

    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<EmergencyAlarm> alarms;

    /**
     * Raises all these alarms for each emergency that begins.
     *
     * @param random a secure one: it salts the justifications
     */
    public EmergencyAccess(
            Store store, AuditLog audit, InstantSource clock, RandomGenerator random, List<EmergencyAlarm> alarms) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.alarms = List.copyOf(alarms);
    }

    /** Whether a request is part of an emergency. */
    public sealed interface Admission {
        /**
         * It is.
         *
         * @param leaf the index of the leaf that began it
         * @param alarm present where it begins with this request
         */
        record Admitted(long leaf, Optional<EmergencyNotice> alarm) implements Admission {}

        /** No emergency is under way, and the request justifies none. */
        record Unjustified() implements Admission {}
    }

    /**
     * Decides in a transaction of the caller's, so that an emergency and the first use under it begin together.
     *
     * @param beginning the leaf that says so, by the digest of the justification
     */
    public Admission admit(Rows rows, EmergencyRequest request, Function<String, Leaf> beginning) throws SQLException {
        var table = new EmergencyTable(rows);
        Instant now = clock.instant();
        OptionalLong underWay = table.underWay(request, now);
        if (underWay.isPresent()) {
            return new Admission.Admitted(underWay.getAsLong(), Optional.empty());
        }
        if (request.justification().isEmpty()) {
            return new Admission.Unjustified();
        }
        return begin(table, rows, request, request.justification().get(), beginning, now);
    }

    private Admission begin(
            EmergencyTable table,
            Rows rows,
            EmergencyRequest request,
            Justification justification,
            Function<String, Leaf> beginning,
            Instant now)
            throws SQLException {
        String salt = SaltedDigest.salt(random);
        Instant until = now.plus(request.window());
        long leaf = audit.append(rows, beginning.apply(justification.digest(salt)));
        table.begin(leaf, request, salt, justification, now, until);
        return new Admission.Admitted(
                leaf,
                Optional.of(new EmergencyNotice(
                        request.caller(),
                        request.key().value(),
                        request.purpose().code(),
                        now,
                        until,
                        leaf)));
    }

    /** Once the beginning is durable. */
    public void ring(EmergencyNotice notice) {
        alarms.forEach(alarm -> alarm.ring(notice));
    }

    /** Records the end of every emergency whose time is over; to be called every few seconds. Blocks. */
    public void endThoseOver() {
        Instant now = clock.instant();
        if (store.read(rows -> new EmergencyTable(rows).over(now)).isEmpty()) {
            return;
        }
        int _ = store.commit(rows -> {
            var table = new EmergencyTable(rows);
            List<EmergencyTable.Row> over = table.over(now);
            for (EmergencyTable.Row emergency : over) {
                table.end(emergency, audit.append(rows, end(emergency, now)));
            }
            return over.size();
        });
    }

    private static Leaf end(EmergencyTable.Row emergency, Instant now) {
        var subject = new Subject.Emergency(emergency.key(), emergency.purpose(), emergency.justificationDigest());
        return Leaf.done(now, Operation.END_EMERGENCY_ACCESS, new Actor.Appliance(), subject, RULE)
                .ending(Outcome.DONE, Optional.empty(), OptionalLong.of(emergency.leaf()));
    }
}
