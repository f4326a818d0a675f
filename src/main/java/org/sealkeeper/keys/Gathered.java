package org.sealkeeper.keys;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.TokenLabel;

/**
 * What several tokens gave that were asked at once.
 *
 * @param found of those that could, in the order in which they were asked
 * @param fault of the first that could not
 */
record Gathered<T>(SequencedMap<TokenLabel, T> found, Optional<Fault> fault) {

    /** One token's part: a result or its fault. */
    private record Part<T>(Optional<T> result, Optional<Fault> fault) {
        static <T> Part<T> of(@Nullable T result, @Nullable Throwable failure) {
            if (failure == null) {
                return new Part<>(Optional.ofNullable(result), Optional.empty());
            }
            if (Completion.causeOf(failure) instanceof Fault fault) {
                return new Part<>(Optional.empty(), Optional.of(fault));
            }
            throw new CompletionException(Completion.causeOf(failure));
        }
    }

    /** Asks all; fails only with what is no {@link Fault}. */
    static <T> CompletionStage<Gathered<T>> from(
            Collection<TokenLabel> tokens, Function<TokenLabel, CompletionStage<T>> work) {
        SequencedMap<TokenLabel, CompletableFuture<Part<T>>> asked = new LinkedHashMap<>();
        tokens.forEach(token ->
                asked.put(token, work.apply(token).<Part<T>>handle(Part::of).toCompletableFuture()));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(ignored -> of(asked));
    }

    private static <T> Gathered<T> of(SequencedMap<TokenLabel, CompletableFuture<Part<T>>> ended) {
        SequencedMap<TokenLabel, T> found = new LinkedHashMap<>();
        ended.forEach((token, part) -> part.join().result().ifPresent(result -> found.put(token, result)));
        return new Gathered<>(
                found,
                ended.values().stream()
                        .flatMap(part -> part.join().fault().stream())
                        .findFirst());
    }

    /** What all gave; or the fault of one that could not. */
    CompletionStage<SequencedMap<TokenLabel, T>> all() {
        return fault.<CompletionStage<SequencedMap<TokenLabel, T>>>map(failed -> failedStage(failed))
                .orElseGet(() -> completedStage(found));
    }
}
