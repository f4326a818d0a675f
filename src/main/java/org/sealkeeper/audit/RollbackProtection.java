package org.sealkeeper.audit;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.config.Section;

/**
 * How soon the token remembers what was signed.
 *
 * @param window the longest time for which the token may lag behind, and for which a rollback of the store is not noticed after a
 *     crash; empty where it remembers before any signature of a commit leaves the appliance
 * @param lease how long the token's keys stay this appliance's after it was last seen
 */
public record RollbackProtection(Optional<Duration> window, Duration lease) {
    private static final int MAX_WINDOW_SECONDS = 3_600;
    private static final int MIN_LEASE_SECONDS = 3;
    private static final int MAX_LEASE_SECONDS = 3_600;
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(15);

    /** What holds where nothing else is said. */
    public static final RollbackProtection EVERY_GROUP = new RollbackProtection(Optional.empty(), DEFAULT_LEASE);

    /** Reads {@code rollbackProtection} and {@code leaseSeconds}; both may be absent. */
    static RollbackProtection of(Section root) {
        if (root.has("tokenCheckpointSeconds")) {
            throw root.fault(
                    "tokenCheckpointSeconds",
                    "'tokenCheckpointSeconds' is not used any more; write 'rollbackProtection: every-group', or "
                            + "'rollbackProtection: {windowSeconds: N}' where the token is too slow for that");
        }
        Duration lease = root.has("leaseSeconds")
                ? Duration.ofSeconds(root.integer("leaseSeconds", MIN_LEASE_SECONDS, MAX_LEASE_SECONDS))
                : DEFAULT_LEASE;
        return new RollbackProtection(window(root), lease);
    }

    private static Optional<Duration> window(Section root) {
        String field = "rollbackProtection";
        if (!root.has(field)) {
            return Optional.empty();
        }
        if (root.isSection(field)) {
            Section section = root.section(field);
            Duration window = Duration.ofSeconds(section.integer("windowSeconds", 1, MAX_WINDOW_SECONDS));
            section.finish();
            return Optional.of(window);
        }
        if (!root.text(field).equals("every-group")) {
            throw root.fault(field, "expected 'every-group' or '{windowSeconds: N}', found '" + root.text(field) + "'");
        }
        return Optional.empty();
    }

    /** As operators read it. */
    public String text() {
        return window.map(time -> "within " + time.toSeconds() + " s").orElse("every group");
    }
}
