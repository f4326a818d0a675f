package org.sealkeeper.http.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Puts the page in the place of the problem that a resource answers with, once that is recorded. */
@Singleton
final class ProblemPageFilter {
    private static final Annotation[] NONE = {};

    /** Filters of a higher priority come first, and all others have one. */
    private static final int LAST = 1;

    @ServerResponseFilter(priority = LAST)
    public void show(ContainerResponseContext answer, RoutingContext context) {
        if (answer.getEntity() instanceof Problem problem) {
            ProblemAnswer.page(context, problem).ifPresent(page -> replace(answer, page));
        }
    }

    private static void replace(ContainerResponseContext answer, ProblemPage page) {
        answer.setStatus(page.status());
        page.headers().forEach((name, value) -> answer.getHeaders().put(name, List.of(value)));
        answer.setEntity(page.html(), NONE, MediaType.valueOf(ProblemPage.MEDIA_TYPE));
    }
}
