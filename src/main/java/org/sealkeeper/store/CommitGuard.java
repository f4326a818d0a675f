package org.sealkeeper.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks at every transaction of the store's writer: before its works run, whether the store is still the one that was written last;
 * after it is durable, when callers may be answered. All methods but the stage's completion run on the writer's one thread.
 */
public interface CommitGuard {
    /** Lets everything pass. For commands, which sign no blocks. */
    CommitGuard NONE = new CommitGuard() {
        @Override
        public void before(Rows rows) {}

        @Override
        public void after(Rows rows) {}

        @Override
        public CompletionStage<?> committed() {
            return CompletableFuture.completedStage(this);
        }

        @Override
        public void failed() {}
    };

    /**
     * Inside the transaction, before its first work.
     *
     * @throws WritingStopped if the store is not the one that was written last: this ends all writing
     */
    void before(Rows rows) throws SQLException;

    /** Inside the transaction, after its last work: what it adds. */
    void after(Rows rows) throws SQLException;

    /**
     * The transaction is on stable storage.
     *
     * @return completes when callers may be answered; they get its failure
     */
    CompletionStage<?> committed();

    /** The transaction failed; whether it is on stable storage is not known. */
    void failed();
}
