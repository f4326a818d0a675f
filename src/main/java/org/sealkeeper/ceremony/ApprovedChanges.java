package org.sealkeeper.ceremony;

import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;

/** Lets be made what a request asks for that was begun, and nothing else. */
final class ApprovedChanges implements ChangeControl {
    private final Request request;

    ApprovedChanges(Request request) {
        this.request = request;
    }

    @Override
    public Decision require(Change change) {
        if (!request.changes().contains(change)) {
            throw new ConfigurationFault("the request " + request.digest() + " does not ask for this: "
                    + ChangeText.of(change) + " Make a request anew");
        }
        return decision(request);
    }

    /** What the leaves of a ceremony name as what decided: the request, and the officers in force. */
    static Decision decision(Request request) {
        return new Decision(true, "ceremony/" + request.digest(), request.officers());
    }
}
