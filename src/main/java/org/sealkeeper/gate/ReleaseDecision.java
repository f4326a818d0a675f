package org.sealkeeper.gate;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.audit.Decision;

/**
 * Whether a data key may be released, and how long an emergency lasts that begins with it: both of one policy, whatever comes into
 * force meanwhile.
 *
 * @param emergencyWindow present wherever the policy grants an emergency
 */
public record ReleaseDecision(Decision decision, Optional<Duration> emergencyWindow) {
    public boolean isAllowed() {
        return decision.isAllowed();
    }
}
