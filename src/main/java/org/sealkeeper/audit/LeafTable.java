package org.sealkeeper.audit;

import static org.sealkeeper.audit.LeafField.BEGUN;
import static org.sealkeeper.audit.LeafField.DATA_KEY;
import static org.sealkeeper.audit.LeafField.EMERGENCY;
import static org.sealkeeper.audit.LeafField.JUSTIFICATION;
import static org.sealkeeper.audit.LeafField.KEY;
import static org.sealkeeper.audit.LeafField.KEY_VERSION;
import static org.sealkeeper.audit.LeafField.OUTCOME;
import static org.sealkeeper.audit.LeafField.PURPOSE;
import static org.sealkeeper.audit.LeafField.REASON;
import static org.sealkeeper.audit.LeafField.TIME;
import static org.sealkeeper.audit.LeafField.TOKEN;
import static org.sealkeeper.audit.Operation.BEGIN_EMERGENCY_ACCESS;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every kind of leaf there can be: for each operation its outcomes, and which earlier leaves a leaf of that kind names. No other place
 * says so: {@link Leaves} appends nothing else, and an auditor's verifier judges by it.
 *
 * <p>A new operation gets its rows here, is explained in docs/formats/audit-leaf.md, and is written by the test of every
 * kind of leaf.
 */
final class LeafTable {
    private static final Map<String, LeafKind> BY_NAME = Stream.of(Operation.values())
            .flatMap(operation -> rows(operation).stream())
            .collect(Collectors.toUnmodifiableMap(
                    kind -> name(kind.operation().text(), kind.outcome().text()), Function.identity()));

    private LeafTable() {}

    private static List<LeafKind> rows(Operation operation) {
        return switch (operation) {
            case SIGN_BLOCK ->
                List.of(
                        alone(operation, Outcome.BEGUN),
                        new LeafKind(operation, Outcome.DONE, List.of(beginning(operation))),
                        new LeafKind(operation, Outcome.REPLAYED, List.of(perhaps(beginning(operation)))),
                        alone(operation, Outcome.REFUSED),
                        new LeafKind(operation, Outcome.FAILED, List.of(beginning(operation))));
            case CONDUCT_CEREMONY ->
                List.of(
                        alone(operation, Outcome.BEGUN),
                        new LeafKind(operation, Outcome.DONE, List.of(beginning(operation))),
                        new LeafKind(operation, Outcome.FAILED, List.of(beginning(operation))));
            case GENERATE_DATA_KEY, REWRAP_DATA_KEY ->
                List.of(
                        alone(operation, Outcome.BEGUN),
                        new LeafKind(
                                operation, Outcome.DONE, List.of(beginning(operation, KEY_VERSION, DATA_KEY, TOKEN))),
                        new LeafKind(operation, Outcome.REFUSED, List.of(perhaps(beginning(operation)))),
                        new LeafKind(operation, Outcome.FAILED, List.of(beginning(operation))));
            case UNWRAP_DATA_KEY ->
                List.of(
                        new LeafKind(operation, Outcome.BEGUN, List.of(emergency())),
                        new LeafKind(operation, Outcome.DONE, List.of(beginning(operation, TOKEN), emergency())),
                        new LeafKind(operation, Outcome.REFUSED, List.of(perhaps(beginning(operation)), emergency())),
                        new LeafKind(operation, Outcome.FAILED, List.of(beginning(operation), emergency())));
            case END_EMERGENCY_ACCESS ->
                List.of(new LeafKind(
                        operation,
                        Outcome.DONE,
                        List.of(new LeafReference(
                                BEGUN,
                                true,
                                BEGIN_EMERGENCY_ACCESS,
                                Outcome.DONE,
                                Set.of(KEY, PURPOSE, JUSTIFICATION)))));
            case REVIEW_EMERGENCY ->
                List.of(
                        new LeafKind(
                                operation,
                                Outcome.DONE,
                                List.of(new LeafReference(
                                        EMERGENCY, true, BEGIN_EMERGENCY_ACCESS, Outcome.DONE, Set.of(KEY, PURPOSE)))),
                        alone(operation, Outcome.REFUSED));
            case READ_CHAIN,
                    VERIFY_SIGNATURE,
                    READ_KEYS,
                    READ_AUDIT_LOG,
                    READ_STATUS,
                    READ_POLICY,
                    READ_EMERGENCIES,
                    RECEIVE_COSIGNATURE ->
                List.of(
                        alone(operation, Outcome.DONE),
                        alone(operation, Outcome.REFUSED),
                        alone(operation, Outcome.FAILED));
            case COSIGN_CHECKPOINT, LOAD_POLICY, LOAD_CERTIFICATE, LOAD_AUTHORITIES ->
                List.of(alone(operation, Outcome.DONE), alone(operation, Outcome.REFUSED));
            case BEGIN_EMERGENCY_ACCESS,
                    CREATE_KEY,
                    ROTATE_KEY,
                    DESTROY_KEY,
                    CHANGE_KEY_STATE,
                    IMPORT_CERTIFICATE,
                    ENROLL_RECIPIENT,
                    RETIRE_RECIPIENT,
                    OPEN_REWRAP_WINDOW,
                    CLOSE_REWRAP_WINDOW,
                    CHANGE_OFFICERS,
                    APPROVE_POLICY,
                    EXPORT_CATALOGUE,
                    IMPORT_CATALOGUE,
                    ASSESS_APPLIANCE,
                    START_APPLIANCE,
                    STOP_APPLIANCE,
                    ACCEPT_ROLLBACK,
                    CLOSE_CHAIN,
                    OPEN_CHAIN,
                    FORGET_TOKEN,
                    ACKNOWLEDGE_APPLIANCE,
                    RETIRE_APPLIANCE -> List.of(alone(operation, Outcome.DONE));
            case CHANGE_TOKEN_STATE -> List.of(alone(operation, Outcome.DONE), alone(operation, Outcome.FAILED));
            case STOP_SIGNING -> List.of(alone(operation, Outcome.REFUSED));
            case OTHER_REQUEST -> List.of(alone(operation, Outcome.REFUSED), alone(operation, Outcome.FAILED));
        };
    }

    private static LeafKind alone(Operation operation, Outcome outcome) {
        return new LeafKind(operation, outcome, List.of());
    }

    /**
     * What had begun: the same request, by the same caller, decided in the same way, about the same.
     *
     * @param found what is known only at the end
     */
    private static LeafReference beginning(Operation operation, LeafField... found) {
        Set<LeafField> shared = EnumSet.complementOf(EnumSet.of(TIME, OUTCOME, REASON, BEGUN));
        shared.removeAll(List.of(found));
        return new LeafReference(BEGUN, true, operation, Outcome.BEGUN, shared);
    }

    private static LeafReference perhaps(LeafReference reference) {
        return new LeafReference(reference.by(), false, reference.operation(), reference.outcome(), reference.shared());
    }

    /** The emergency under which it is asked for: of this caller, whichever token it showed, with this key, for this purpose. */
    private static LeafReference emergency() {
        return new LeafReference(
                EMERGENCY,
                false,
                BEGIN_EMERGENCY_ACCESS,
                Outcome.DONE,
                Set.of(KEY, PURPOSE, LeafField.AUTHENTICATION, LeafField.CALLER, LeafField.ISSUER, LeafField.SUBJECT));
    }

    /** The row of an operation and an outcome, as leaves name them; empty where no leaf says so. */
    static Optional<LeafKind> kind(String operation, String outcome) {
        return Optional.ofNullable(BY_NAME.get(name(operation, outcome)));
    }

    /** All rows. */
    static Collection<LeafKind> kinds() {
        return BY_NAME.values();
    }

    private static String name(String operation, String outcome) {
        return operation + " " + outcome;
    }
}
