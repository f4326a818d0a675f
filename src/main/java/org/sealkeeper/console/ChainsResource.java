package org.sealkeeper.console;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.sealkeeper.gate.Doorkeeper;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.door.ChainReader;

/** Chains, and their blocks one after the other. */
@Blocking
@Path("/console/chains")
final class ChainsResource {
    private static final int BLOCKS = 50;

    private final ConsoleDoor door;
    private final Doorkeeper doorkeeper;
    private final Chains chains;
    private final ChainSummaries summaries;
    private final ChainReader reader;

    ChainsResource(
            ConsoleDoor door, Doorkeeper doorkeeper, Chains chains, ChainSummaries summaries, ChainReader reader) {
        this.door = door;
        this.doorkeeper = doorkeeper;
        this.chains = chains;
        this.summaries = summaries;
        this.reader = reader;
    }

    @GET
    @Recorded("read-chain")
    @Operation(hidden = true)
    public Response chains(@Context RoutingContext context) {
        List<ChainSummary> readable = summaries.of(chain -> doorkeeper.wouldLetReadChain(chain, context));
        return readable.isEmpty()
                ? Problem.forbidden().response()
                : ConsoleDoor.html(new ChainsPage(door.frame(Page.CHAINS, Page.CHAINS.label(), context), readable));
    }

    @GET
    @Path("/{chain}")
    @Recorded("read-chain")
    @Operation(hidden = true)
    public Response chain(
            @PathParam("chain") ChainName name,
            @QueryParam("from") @DefaultValue("" + Height.MAX) Height from,
            @Context RoutingContext context) {
        return reading(name, context, chain -> {
            List<SignedBlock> blocks = reader.blocksDown(name, from, BLOCKS + 1);
            Optional<Long> older = blocks.size() > BLOCKS
                    ? Optional.of(blocks.getLast().height().value())
                    : Optional.empty();
            return ConsoleDoor.html(new ChainPage(
                    door.frame(Page.CHAINS, "Chain " + name, context),
                    summaries.of(chain),
                    blocks.subList(0, Math.min(BLOCKS, blocks.size())),
                    older));
        });
    }

    @GET
    @Path("/{chain}/{height}")
    @Recorded("read-chain")
    @Operation(hidden = true)
    public Response block(
            @PathParam("chain") ChainName name, @PathParam("height") Height height, @Context RoutingContext context) {
        return reading(
                name,
                context,
                chain -> reader.block(name, height)
                        .map(block -> page(block, context))
                        .orElseGet(() -> ConsoleDoor.nothing("nothing is signed at height " + height)));
    }

    private Response page(SignedBlock block, RoutingContext context) {
        Optional<Long> lower =
                reader.before(block).map(before -> before.height().value());
        Optional<Long> higher = block.height().value() == Height.MAX
                ? Optional.empty()
                : reader.blocks(block.chain(), block.height().next(), 1).stream()
                        .map(next -> next.height().value())
                        .findFirst();
        Optional<String> evidence = block.auditIndex()
                .filter(_ -> block.auditLog().isEmpty())
                .map(_ -> "/v1/chains/" + block.chain() + "/blocks/" + block.height() + "/evidence");
        String title = "Block " + block.height() + " of " + block.chain();
        return ConsoleDoor.html(new BlockPage(door.frame(Page.CHAINS, title, context), block, evidence, lower, higher));
    }

    private Response reading(ChainName name, RoutingContext context, Function<Chain, Response> answer) {
        Optional<Chain> chain = chains.named(name);
        if (chain.isEmpty()) {
            return ConsoleDoor.nothing("no chain has this name");
        }
        return doorkeeper.letsReadChain(name, context)
                ? answer.apply(chain.get())
                : Problem.forbidden().response();
    }
}
