package org.sealkeeper.http.access;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.problem.Faults;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemAnswer;
import org.sealkeeper.http.problem.ProblemType;

/** Records every answer of a door before it leaves; an answer that cannot be recorded is not given. */
@Singleton
final class AccessFilter {
    private static final Annotation[] NONE = {};

    private final AccessJournal journal;
    private final Map<Method, String> paths = new ConcurrentHashMap<>();

    AccessFilter(AccessJournal journal) {
        this.journal = journal;
    }

    @ServerResponseFilter
    public Uni<Void> record(ContainerResponseContext answer, @Nullable ResourceInfo door, RoutingContext context) {
        Method method = door == null ? null : door.getResourceMethod();
        if (method == null) {
            return Uni.createFrom().voidItem();
        }
        AccessNotes.of(context).answeredBy(paths.computeIfAbsent(method, PathTemplate::of));
        if (isTooLate(context)) {
            answer.setEntity(null);
            return Uni.createFrom().voidItem();
        }
        Recorded recorded = method.getAnnotation(Recorded.class);
        if (recorded == null) {
            return Uni.createFrom().voidItem();
        }
        AccessNotes.recorded(context);
        Access access = Access.of(context, Optional.of(recorded.value()), problem(answer));
        if (recorded.counted()) {
            journal.count(access);
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .completionStage(() -> journal.record(access))
                .onFailure()
                .recoverWithItem(failure -> {
                    withhold(answer, Faults.translate(failure));
                    return null;
                })
                .invoke(() -> {
                    if (isTooLate(context)) {
                        answer.setEntity(null);
                    }
                })
                .replaceWithVoid();
    }

    /** Whether the front door has given up waiting for this answer, and given another. */
    private static boolean isTooLate(RoutingContext context) {
        return ProblemAnswer.sent(context).isPresent();
    }

    private static Optional<ProblemType> problem(ContainerResponseContext answer) {
        return answer.getEntity() instanceof Problem problem ? Optional.of(problem.type()) : Optional.empty();
    }

    private static void withhold(ContainerResponseContext answer, Problem problem) {
        answer.getHeaders().clear();
        answer.setStatus(problem.type().status());
        problem.response()
                .getStringHeaders()
                .forEach((name, values) -> answer.getHeaders().put(name, List.copyOf(values)));
        answer.setEntity(problem, NONE, MediaType.valueOf(Problem.MEDIA_TYPE));
    }
}
