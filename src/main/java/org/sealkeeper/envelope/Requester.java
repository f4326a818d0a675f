package org.sealkeeper.envelope;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.http.identity.Caller;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.RequestId;

/** Who asks, and by which request. */
record Requester(Caller caller, RequestId id) {
    static Requester of(RoutingContext context) {
        return new Requester(Caller.of(context), RequestIds.of(context));
    }

    /**
     * Who he is, whole: of two people who call through one workload, one must not act in the other's emergency.
     *
     * @return the certificate's name, the token's {@code subject@issuer}, or both with {@code " for "} between them
     */
    String name() {
        return Stream.of(
                        caller.id().map(CallerId::value),
                        caller.bearer().map(bearer -> bearer.subject() + "@" + bearer.issuer()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" for "));
    }
}
