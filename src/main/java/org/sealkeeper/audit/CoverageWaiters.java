package org.sealkeeper.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Callers that wait until a leaf is in a published checkpoint. Safe for use by many threads. */
final class CoverageWaiters {
    private final Map<Long, CompletableFuture<PublishedLog>> waiting = new ConcurrentHashMap<>();

    /**
     * Waits for the leaf.
     *
     * @param newest the log published now; asked for after the wait is noted, since it may be what is waited for
     */
    CompletionStage<PublishedLog> covering(long index, Supplier<Optional<PublishedLog>> newest) {
        CompletableFuture<PublishedLog> covering = waiting.computeIfAbsent(index, ignored -> new CompletableFuture<>());
        newest.get().ifPresent(this::complete);
        return covering;
    }

    /** Completes the stages of all callers whose leaf this log has. */
    void complete(PublishedLog newest) {
        List<CompletableFuture<PublishedLog>> covered = new ArrayList<>();
        waiting.entrySet().removeIf(entry -> {
            boolean isCovered = entry.getKey() < newest.checkpoint().size();
            if (isCovered) {
                covered.add(entry.getValue());
            }
            return isCovered;
        });
        covered.forEach(stage -> stage.complete(newest));
    }
}
