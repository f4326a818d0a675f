package org.sealkeeper.appliance;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenHealth;
import org.sealkeeper.hsm.TokenReport;
import org.sealkeeper.kernel.Fault;

/** Tells operators what the token is like: at the management port, and never at the API's. */
@Singleton
final class TokenDoor {
    private static final System.Logger LOG = System.getLogger(TokenDoor.class.getName());
    private static final String PATH = "/q/token";

    /** Asked for with the first request: the door is built before the token is asked anything. */
    private final Instance<Hsm> hsm;

    TokenDoor(Instance<Hsm> hsm) {
        this.hsm = hsm;
    }

    void open(@Observes ManagementInterface management) {
        management.router().route(PATH).handler(this::answer);
    }

    /** The token is asked on a thread of its sessions, within its deadline; this thread goes on. */
    private void answer(RoutingContext context) {
        TokenHealth token = hsm.get().health();
        Future.fromCompletionStage(token.describe(), context.vertx().getOrCreateContext())
                .map(description -> TokenReport.inUse(token.status(), description))
                .otherwise(failure -> TokenReport.inUse(token.status(), whyNotAsked(failure)))
                .onSuccess(context::json)
                .onFailure(context::fail);
    }

    private static String whyNotAsked(Throwable failure) {
        if (failure instanceof Fault fault) {
            return String.valueOf(fault.getMessage());
        }
        LOG.log(System.Logger.Level.ERROR, "the token was not asked what it is like", failure);
        return "an unexpected failure; the log has it";
    }
}
