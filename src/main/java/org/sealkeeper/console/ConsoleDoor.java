package org.sealkeeper.console;

import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.identity.SessionCookie;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.policy.PolicyOperation;

/** Shows a page to the callers that the policy lets see it. */
@Singleton
final class ConsoleDoor {
    private static final String HTML = MediaType.TEXT_HTML + ";charset=utf-8";

    private final Doorkeeper doorkeeper;
    private final Chains chains;

    ConsoleDoor(Doorkeeper doorkeeper, Chains chains) {
        this.doorkeeper = doorkeeper;
        this.chains = chains;
    }

    /** A page that is about the appliance as a whole. */
    Response show(Page page, RoutingContext context, Function<Frame, TemplateInstance> content) {
        return enter(page, context, frame -> html(content.apply(frame)));
    }

    /** The same, where there may be nothing to show. */
    Response showSome(
            Page page,
            RoutingContext context,
            Function<Frame, Optional<TemplateInstance>> content,
            String whatIsMissing) {
        return enter(
                page,
                context,
                frame -> content.apply(frame).map(ConsoleDoor::html).orElseGet(() -> nothing(whatIsMissing)));
    }

    /** Any answer; nothing is read or worked out for a caller that may not see the page. */
    Response enter(Page page, RoutingContext context, Function<Frame, Response> answer) {
        return doorkeeper.lets(page.operation(), context)
                ? answer.apply(frame(page, page.label(), context))
                : Problem.forbidden().response();
    }

    /** One that there is nothing to show of. */
    static Response nothing(String what) {
        return Problem.of(ProblemType.NOT_FOUND, what).response();
    }

    static Response html(TemplateInstance page) {
        return Response.ok(page.render(), HTML).build();
    }

    Frame frame(Page page, String title, RoutingContext context) {
        List<Frame.Entry> menu = menu(context)
                .map(entry -> new Frame.Entry(entry.path(), entry.label(), entry == page))
                .toList();
        return new Frame(
                title, page.about(), RequestCaller.of(context).fullName(), SessionCookie.isShown(context), menu);
    }

    /** The pages that the caller may see. */
    Stream<Page> menu(RoutingContext context) {
        return Stream.of(Page.values()).filter(page -> maySee(page, context));
    }

    private boolean maySee(Page page, RoutingContext context) {
        return page.operation() == PolicyOperation.READ_CHAIN
                ? chains.names().stream().anyMatch(chain -> doorkeeper.wouldLetReadChain(chain, context))
                : doorkeeper.wouldLet(page.operation(), context);
    }
}
