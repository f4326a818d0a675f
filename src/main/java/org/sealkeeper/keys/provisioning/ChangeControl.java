package org.sealkeeper.keys.provisioning;

import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.Decision;

/** Decides whether a change may be made. It is asked right before the first trace of the change is recorded. */
@FunctionalInterface
public interface ChangeControl {

    /**
     * Lets the change be made.
     *
     * @return what decided so, for the leaf of the change
     * @throws org.sealkeeper.config.ConfigurationFault if it may not be made: nothing was changed
     */
    Decision require(Change change);

    /** One operator alone changes whatever it wants: where no officers approve changes. */
    static ChangeControl ofOperator() {
        String rule = new Actor.Operator().authentication();
        return change -> Decision.allowed(rule);
    }
}
