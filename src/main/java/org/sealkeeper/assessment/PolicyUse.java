package org.sealkeeper.assessment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOutline;

/**
 * A policy and what became of it.
 *
 * @param emergencyWindow how long an emergency lasts; empty where none is granted
 * @param warnings what is allowed in it, but looks like a mistake
 * @param log what its rules decided
 */
public record PolicyUse(
        PolicyOutline outline, Optional<Duration> emergencyWindow, List<String> warnings, LogFacts log) {
    public PolicyUse {
        warnings = List.copyOf(warnings);
    }

    public static PolicyUse of(Policy policy, LogFacts log) {
        return new PolicyUse(policy.outline(), policy.emergencyWindow(), policy.warnings(), log);
    }
}
