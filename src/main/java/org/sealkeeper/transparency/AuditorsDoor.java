package org.sealkeeper.transparency;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.http.AccessNotes;
import org.sealkeeper.http.Caller;
import org.sealkeeper.http.Problem;
import org.sealkeeper.http.ProblemType;

/** Lets auditors, and nobody else, to the published log. */
public final class AuditorsDoor {
    private static final String RULE = "audit/auditors";

    private final AuditFile settings;
    private final AuditLog log;

    public AuditorsDoor(AuditFile settings, AuditLog log) {
        this.settings = settings;
        this.log = log;
    }

    /** Answers an auditor from the newest published log. */
    Response reading(RoutingContext context, Function<PublishedLog, Response> answer) {
        AccessNotes.decidedBy(RULE, context);
        if (!settings.mayAudit(Caller.of(context).id())) {
            return Problem.of(ProblemType.FORBIDDEN, "this caller is not an auditor of this appliance")
                    .response();
        }
        Optional<PublishedLog> published = log.published();
        return published.isPresent() ? answer.apply(published.get()) : notFound("the log has no checkpoint yet");
    }

    static Response notFound(String what) {
        return Problem.of(ProblemType.NOT_FOUND, what).response();
    }
}
