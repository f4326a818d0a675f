package org.sealkeeper.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sealkeeper.http.access.Access;
import org.sealkeeper.http.access.AccessJournal;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;

/** A journal of the tests' own, which can be made to fail, or to take its time. */
@Alternative
@Priority(1)
@Singleton
public final class CountingJournal implements AccessJournal {
    private final List<Access> recorded = new CopyOnWriteArrayList<>();
    private final List<Access> counted = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private volatile CompletionStage<?> healthy = CompletableFuture.completedStage(true);

    @Override
    public CompletionStage<?> record(Access access) {
        recorded.add(access);
        return broken ? CompletableFuture.failedStage(new Full()) : healthy;
    }

    @Override
    public void count(Access access) {
        counted.add(access);
    }

    public List<Access> recorded() {
        return recorded;
    }

    public List<Access> counted() {
        return counted;
    }

    public void breakDown(boolean isBroken) {
        broken = isBroken;
    }

    /** Records nothing before this stage completes. */
    void waitFor(CompletionStage<?> stage) {
        healthy = stage;
    }

    private static final class Full extends Fault {
        private static final long serialVersionUID = 1L;

        Full() {
            super(FaultKind.STORE_UNAVAILABLE, "made to fail", null);
        }
    }
}
