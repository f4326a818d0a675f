package org.sealkeeper.ledger.signing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sealkeeper.testing.Await;

/** The first signature of a signer ends when, and as, a test says; those after it at once. */
final class SlowSignature {
    private final CompletableFuture<Runnable> end = new CompletableFuture<>();
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    static SlowSignature of(TestSigner signer) {
        var slow = new SlowSignature();
        signer.beforeSigning(slow::await);
        return slow;
    }

    private void await() {
        if (isFirst.getAndSet(false)) {
            end.join().run();
        }
    }

    /** Returns once the token is at it: another signature cannot become the first one. */
    void awaitBegun() {
        Await.until(() -> !isFirst.get());
    }

    /** Lets the token sign. */
    void release() {
        end.complete(() -> {});
    }

    /** Makes it fail. */
    void fail(RuntimeException failure) {
        end.complete(() -> {
            throw failure;
        });
    }
}
