package org.sealkeeper.keys.provisioning;

import org.sealkeeper.audit.Decision;

/**
 * What one needs to change tokens: the lock that lets one process at a time do it, and the control that says what may be done.
 *
 * @param lock two at once would destroy what the other is making, or leave something in a token that no row names
 */
public record ChangePermit(ProvisioningLock lock, ChangeControl control) {
    public ChangePermit {
        lock.requireHeld();
    }

    /** As {@link ChangeControl#require}, with the lock held. */
    public Decision require(Change change) {
        lock.requireHeld();
        return control.require(change);
    }
}
