package org.sealkeeper.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.http.PathParameters;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.store.Store;
import org.sealkeeper.transparency.EntryFilter;

/** The audit log, leaf by leaf. */
@Blocking
@Path("/console/audit")
final class AuditResource {
    private static final Set<String> NAMES_OF_LEAVES =
            Set.of(LeafField.BEGUN.fieldName(), LeafField.EMERGENCY.fieldName());

    private final ConsoleDoor door;
    private final AuditLog log;
    private final Store store;
    private final LongSupplier nanoTime;

    AuditResource(ConsoleDoor door, AuditLog log, Store store, LongSupplier nanoTime) {
        this.door = door;
        this.log = log;
        this.store = store;
        this.nanoTime = nanoTime;
    }

    @GET
    @Recorded("read-audit-log")
    @Operation(hidden = true)
    public Response search(
            @QueryParam("before") @DefaultValue(PathParameters.HIGHEST) Long before,
            @QueryParam("caller") Optional<String> caller,
            @QueryParam("subject") Optional<String> subject,
            @QueryParam("operation") Optional<String> operation,
            @QueryParam("chain") Optional<String> chain,
            @QueryParam("outcome") Optional<String> outcome,
            @Context RoutingContext context) {
        var filter = new EntryFilter(given(caller), given(subject), given(operation), given(chain), given(outcome));
        return filter.whyNothingCanBeFound()
                .map(Problem::response)
                .orElseGet(() -> reading(
                        context,
                        (frame, published) -> Optional.of(new AuditPage(
                                frame,
                                new SearchForm(filter),
                                LeafSearch.before(published, before, filter, nanoTime)))));
    }

    @GET
    @Path("/{index}")
    @Recorded("read-audit-log")
    @Operation(hidden = true)
    public Response leaf(@PathParam("index") Long index, @Context RoutingContext context) {
        return reading(context, (frame, published) -> page(frame, published, index));
    }

    private Optional<TemplateInstance> page(Frame frame, PublishedLog published, long index) {
        if (index >= published.checkpoint().size()) {
            return Optional.empty();
        }
        byte[] entry = published.entries(index, index + 1).getFirst();
        RecordedLeaf leaf = RecordedLeaf.parse(entry);
        return Optional.of(new LeafPage(
                frame.titled("Leaf " + index),
                LeafRow.of(index, leaf),
                published.checkpoint().size(),
                leaf.members().entrySet().stream().map(AuditResource::member).toList(),
                ReplayView.of(store, index),
                new String(entry, StandardCharsets.UTF_8)));
    }

    private static LeafPage.Member member(Map.Entry<String, Object> member) {
        return new LeafPage.Member(
                member.getKey(),
                member.getValue().toString(),
                member.getValue() instanceof Long index && NAMES_OF_LEAVES.contains(member.getKey())
                        ? Optional.of(index)
                        : Optional.empty());
    }

    private Response reading(
            RoutingContext context, BiFunction<Frame, PublishedLog, Optional<TemplateInstance>> content) {
        return door.showSome(
                Page.AUDIT,
                context,
                frame -> log.published().flatMap(published -> content.apply(frame, published)),
                "the published log has no such leaf; a new one is under a checkpoint within a second");
    }

    /** An empty field of a form asks for nothing. */
    private static Optional<String> given(Optional<String> field) {
        return field.filter(text -> !text.isBlank());
    }
}
