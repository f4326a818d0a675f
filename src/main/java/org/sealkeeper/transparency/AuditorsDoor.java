package org.sealkeeper.transparency;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;

/** Lets auditors, and no other caller, to the published log. */
public final class AuditorsDoor {
    private final Doorkeeper doorkeeper;
    private final AuditLog log;

    public AuditorsDoor(Doorkeeper doorkeeper, AuditLog log) {
        this.doorkeeper = doorkeeper;
        this.log = log;
    }

    /** Answers an auditor from the newest published log. */
    Response reading(RoutingContext context, Function<PublishedLog, Response> answer) {
        if (!doorkeeper.letsReadAuditLog(context)) {
            return Problem.forbidden().response();
        }
        Optional<PublishedLog> published = log.published();
        return published.isPresent() ? answer.apply(published.get()) : notFound("the log has no checkpoint yet");
    }

    static Response notFound(String what) {
        return Problem.of(ProblemType.NOT_FOUND, what).response();
    }
}
