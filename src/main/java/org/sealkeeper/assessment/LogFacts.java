package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the leaves of the audit log say, all of them.
 *
 * @param first when the first was written; empty where there is none
 * @param rules when each rule of a policy decided last, by its name
 * @param exported when the catalogue was last exported
 * @param changed when something was last changed that the catalogue has: a key, a recipient, a window, the officers
 * @param started when the appliance last started
 * @param stopped when it was last stopped in order
 */
public record LogFacts(
        Optional<Instant> first,
        Map<String, Instant> rules,
        Optional<Instant> exported,
        Optional<Instant> changed,
        Optional<Instant> started,
        Optional<Instant> stopped) {
    public LogFacts {
        rules = Map.copyOf(rules);
    }
}
