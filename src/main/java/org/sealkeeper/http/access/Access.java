package org.sealkeeper.http.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.RequestId;

/**
 * One answered request, for the record.
 *
 * @param caller empty where its identity is not proven
 * @param operation as {@link Recorded} names it; empty where no door was found
 * @param chain the declared chain it is about
 * @param rule the rule that decided, where the door noted one
 * @param policy the digest of the policy that has the rule
 * @param claims what that policy reads of the caller's token, as canonical JSON
 * @param problem what it was answered with; empty where it was done
 */
public record Access(
        Optional<Caller> caller,
        RequestId id,
        Optional<String> operation,
        Optional<ChainName> chain,
        Optional<String> rule,
        Optional<String> policy,
        Optional<String> claims,
        Optional<ProblemType> problem) {

    public static Access of(RoutingContext context, Optional<String> operation, Optional<ProblemType> problem) {
        AccessNotes notes = AccessNotes.of(context);
        return new Access(
                RequestCaller.find(context),
                RequestIds.of(context),
                operation,
                notes.chain(),
                notes.rule(),
                notes.policy(),
                notes.claims(),
                problem);
    }
}
