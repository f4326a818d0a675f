package org.sealkeeper.keys;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.TokenLabel;

/**
 * Asks one token after the other, within one request, until one can.
 *
 * @param leastBusy which of some tokens is used and has the least to do; empty where none of them is used
 */
record TokenTurns(Tokens tokens, Function<Collection<TokenLabel>, Optional<TokenLabel>> leastBusy) {

    /** Of these, the one that is asked first: where none is used, any, for its refusal says why. */
    TokenLabel first(SequencedCollection<TokenLabel> candidates) {
        return leastBusy.apply(candidates).orElse(candidates.getFirst());
    }

    /**
     * Asks each at most once; of those that are none of the appliance's, none while there are others: they were lost.
     *
     * @param candidates one at least
     * @param cannot whether a result means that another token may know better
     * @return the first result that counts; the fault of one that failed, where the others cannot; or that they cannot
     */
    <T> CompletionStage<T> untilOneCan(
            Collection<TokenLabel> candidates, Function<TokenLabel, CompletionStage<T>> work, Predicate<T> cannot) {
        List<TokenLabel> known =
                candidates.stream().filter(tokens.labels()::contains).toList();
        return ask(known.isEmpty() ? candidates : known, work, cannot);
    }

    private <T> CompletionStage<T> ask(
            Collection<TokenLabel> candidates, Function<TokenLabel, CompletionStage<T>> work, Predicate<T> cannot) {
        SequencedSet<TokenLabel> left = new LinkedHashSet<>(candidates);
        TokenLabel token = first(left);
        left.remove(token);
        return work.apply(token)
                .handle((result, failure) -> {
                    if (failure == null) {
                        return left.isEmpty() || !cannot.test(result)
                                ? completedStage(result)
                                : ask(left, work, cannot);
                    }
                    return left.isEmpty() || !isOfToken(failure)
                            ? CompletableFuture.<T>failedStage(failure)
                            : ask(left, work, cannot)
                                    .thenCompose(next -> cannot.test(next)
                                            ? CompletableFuture.<T>failedStage(failure)
                                            : completedStage(next));
                })
                .thenCompose(Function.identity());
    }

    private static boolean isOfToken(Throwable failure) {
        return Completion.causeOf(failure) instanceof HsmFault;
    }
}
