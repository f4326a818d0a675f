package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.Operation;

/** Reads the whole log of a store. */
public final class LogReading {
    private static final Set<Operation> CHANGES = EnumSet.of(
            Operation.CREATE_KEY,
            Operation.ROTATE_KEY,
            Operation.DESTROY_KEY,
            Operation.CHANGE_KEY_STATE,
            Operation.IMPORT_CERTIFICATE,
            Operation.ENROLL_RECIPIENT,
            Operation.RETIRE_RECIPIENT,
            Operation.OPEN_REWRAP_WINDOW,
            Operation.CLOSE_REWRAP_WINDOW,
            Operation.CHANGE_OFFICERS,
            Operation.IMPORT_CATALOGUE);

    private final Map<String, Instant> rules = new HashMap<>();
    private final Map<Operation, Instant> last = new EnumMap<>(Operation.class);
    private @Nullable Instant first;

    /**
     * Reads it.
     *
     * @param progress is told the index of each leaf
     */
    public static LogFacts of(LogHistory log, LongConsumer progress) {
        var reading = new LogReading();
        log.forEach((index, entry) -> {
            reading.take(LeafSummary.of(index, entry));
            progress.accept(index);
        });
        return reading.facts();
    }

    /** The time of the leaves rises but for the corrections of a clock, so the last one counts. */
    private void take(LeafSummary leaf) {
        first = Objects.requireNonNullElse(first, leaf.time());
        leaf.rule().ifPresent(rule -> rules.put(rule, leaf.time()));
        leaf.operation().ifPresent(operation -> last.put(operation, leaf.time()));
    }

    private LogFacts facts() {
        return new LogFacts(
                Optional.ofNullable(first),
                rules,
                last(Operation.EXPORT_CATALOGUE),
                CHANGES.stream().flatMap(change -> last(change).stream()).max(Instant::compareTo),
                last(Operation.START_APPLIANCE),
                last(Operation.STOP_APPLIANCE));
    }

    private Optional<Instant> last(Operation operation) {
        return Optional.ofNullable(last.get(operation));
    }
}
