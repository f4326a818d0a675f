package org.sealkeeper.console;

import java.time.Instant;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.identity.Caller;

/**
 * An emergency, and whether it is reviewed.
 *
 * @param isOverdue whether it is too long ago that it began, and none reviewed it
 * @param mayReview whether this caller may review it: none reviews an emergency of its own
 */
record EmergencyView(EmergencyReview emergency, boolean isOverdue, boolean mayReview) {

    static EmergencyView of(EmergencyReview emergency, Instant now, Caller caller, boolean reviews) {
        return new EmergencyView(emergency, emergency.isOverdue(now), reviews && !caller.mayBe(emergency.caller()));
    }
}
