package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One caller's work, its result until the commit, and the stage it holds. */
final class WaitingWork<T> {
    private final Work<T> work;
    private final CompletableFuture<T> durable = new CompletableFuture<>();
    private @Nullable Result<T> result;

    WaitingWork(Work<T> work) {
        this.work = work;
    }

    /** Completes once the result is durable, or it is known that it is not to be. */
    CompletionStage<T> durable() {
        return durable;
    }

    void run(Rows rows) throws SQLException {
        result = new Result<>(work.run(rows));
    }

    void succeed() {
        if (result != null) {
            durable.complete(result.value);
        }
    }

    void fail(Throwable fault) {
        durable.completeExceptionally(fault);
    }

    private record Result<T>(T value) {}
}
