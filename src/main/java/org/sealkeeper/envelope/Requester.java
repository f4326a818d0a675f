package org.sealkeeper.envelope;

import io.vertx.ext.web.RoutingContext;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.RequestId;

/** The caller of a request, and the id of the request. */
record Requester(Caller caller, RequestId id) {
    static Requester of(RoutingContext context) {
        return new Requester(RequestCaller.of(context), RequestIds.of(context));
    }
}
