package org.sealkeeper.appliance;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.sealkeeper.hsm.TokenHealth;
import org.sealkeeper.hsm.TokenReport;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Fault;

/** Tells operators what the tokens are like: at the management port, and never at the API's. */
@Singleton
final class TokenDoor {
    private static final System.Logger LOG = System.getLogger(TokenDoor.class.getName());
    private static final String PATH = "/q/tokens";

    /** Asked for with the first request: the door is built before a token is asked anything. */
    private final Instance<Tokens> tokens;

    TokenDoor(Instance<Tokens> tokens) {
        this.tokens = tokens;
    }

    void open(@Observes ManagementInterface management) {
        management.router().route(PATH).handler(this::answer);
    }

    /** Each token is asked on a thread of its sessions, within its deadline; this thread goes on. */
    private void answer(RoutingContext context) {
        List<Future<SequencedMap<String, Object>>> reports = tokens.get().all().stream()
                .map(token -> report(token.health(), context))
                .toList();
        Future.all(reports)
                .onSuccess(all -> context.json(Map.of("tokens", all.list())))
                .onFailure(context::fail);
    }

    private static Future<SequencedMap<String, Object>> report(TokenHealth token, RoutingContext context) {
        return Future.fromCompletionStage(token.describe(), context.vertx().getOrCreateContext())
                .map(description -> TokenReport.inUse(token.status(), description))
                .otherwise(failure -> TokenReport.inUse(token.status(), whyNotAsked(failure)));
    }

    private static String whyNotAsked(Throwable failure) {
        if (failure instanceof Fault fault) {
            return String.valueOf(fault.getMessage());
        }
        LOG.log(System.Logger.Level.ERROR, "the token was not asked what it is like", failure);
        return "an unexpected failure; the log has it";
    }
}
