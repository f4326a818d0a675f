package org.sealkeeper.audit;

import java.util.Optional;
import org.sealkeeper.kernel.RequestId;

/**
 * The actor that asked for an operation, in which request, and the decision about it.
 *
 * @param request empty where it was not a request
 */
public record Authorization(Actor actor, Optional<RequestId> request, Decision decision) {
    Authorization of(Actor other) {
        return new Authorization(other, request, decision);
    }

    Authorization in(RequestId id) {
        return new Authorization(actor, Optional.of(id), decision);
    }

    Authorization decidedBy(Decision by) {
        return new Authorization(actor, request, by);
    }
}
