package org.sealkeeper.kernel;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What became of a stage, without the exception that Java wraps failures in. */
public final class Completion {
    private Completion() {}

    /** What a stage failed with, as a function that depends on it is told. */
    public static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
    }

    /**
     * Waits for a stage. Not for threads that sign or serve requests.
     *
     * @throws RuntimeException what the stage failed with; a checked one stays wrapped
     */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw causeOf(e) instanceof RuntimeException failure ? failure : e;
        }
    }
}
