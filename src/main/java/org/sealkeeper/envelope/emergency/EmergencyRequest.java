package org.sealkeeper.envelope.emergency;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.policy.Purpose;

/**
 * That a request is part of an emergency.
 *
 * @param caller the caller of the request, as the audit log names it
 * @param justification needed only where no emergency of the caller is under way
 * @param window how long one lasts
 */
public record EmergencyRequest(
        String caller, KeyAlias key, Purpose purpose, Optional<Justification> justification, Duration window) {}
