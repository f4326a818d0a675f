package org.sealkeeper.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;

/**
 * How long an emergency lasts once a caller has justified it: {@code emergency: {windowMinutes: 15}} of a policy. A policy that
 * grants emergencies must say it.
 */
final class EmergencyWindow {
    private static final String FIELD = "emergency";
    private static final int MOST_MINUTES = 24 * 60;

    private final Mistakes mistakes;
    private final List<ConfigurationFault> whereItIsNeeded = new ArrayList<>();

    EmergencyWindow(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void add(Rule grant, Section section) {
        if (grant.purposes().stream().flatMap(List::stream).anyMatch(Purpose::isEmergency)) {
            whereItIsNeeded.add(section.fault(
                    "purposes",
                    "an emergency is granted, but nothing says how long it lasts; add 'emergency: {windowMinutes: 15}'"
                            + " at the top of the file"));
        }
    }

    /** The time from the justification on; empty where the file grants no emergencies and does not say it. */
    Optional<Duration> read(Section root) {
        if (root.has(FIELD)) {
            return mistakes.orElse(Optional.empty(), () -> {
                Section section = root.section(FIELD);
                long minutes = section.integer("windowMinutes", 1, MOST_MINUTES);
                section.finish();
                return Optional.of(Duration.ofMinutes(minutes));
            });
        }
        whereItIsNeeded.forEach(fault -> mistakes.add(fault));
        return Optional.empty();
    }
}
