package org.sealkeeper.ledger.signing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.ledger.signing.BatchClaim.Place;

/**
 * Which claims of a batch get into its tree. Once the tree is signed, each leaf is as good as signed: so a block enters only after the one
 * below it, in the same tree or with a signature that is kept. The turns that are waited for began earlier; they wait for none of these.
 */
final class BatchEntrance {
    private BatchEntrance() {}

    /** Completes with whether each may enter, in their order. */
    static CompletionStage<List<Boolean>> whichMayEnter(List<BatchClaim> claims) {
        Set<Place> own = new HashSet<>();
        List<CompletableFuture<Boolean>> below = new ArrayList<>();
        for (BatchClaim claim : claims) {
            boolean waits =
                    claim.predecessor().filter(place -> !own.contains(place)).isPresent();
            below.add(
                    waits
                            ? claim.attempt().turn().belowEnded().toCompletableFuture()
                            : CompletableFuture.completedFuture(true));
            own.add(claim.place());
        }
        return CompletableFuture.allOf(below.toArray(CompletableFuture[]::new))
                .thenApply(ended -> enter(
                        claims, below.stream().map(CompletableFuture::join).toList()));
    }

    private static List<Boolean> enter(List<BatchClaim> claims, List<Boolean> belowIsSigned) {
        Set<Place> out = new HashSet<>();
        List<Boolean> enters = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            boolean mayEnter = belowIsSigned.get(i)
                    && claims.get(i).predecessor().filter(out::contains).isEmpty();
            if (!mayEnter) {
                out.add(claims.get(i).place());
            }
            enters.add(mayEnter);
        }
        return enters;
    }
}
