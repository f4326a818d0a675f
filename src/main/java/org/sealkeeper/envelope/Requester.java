package org.sealkeeper.envelope;

import io.vertx.ext.web.RoutingContext;
import org.sealkeeper.http.Caller;
import org.sealkeeper.http.RequestIds;
import org.sealkeeper.kernel.RequestId;

/** Who asks, and by which request. */
record Requester(Caller caller, RequestId id) {
    static Requester of(RoutingContext context) {
        return new Requester(Caller.of(context), RequestIds.of(context));
    }
}
