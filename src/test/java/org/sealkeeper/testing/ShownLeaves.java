package org.sealkeeper.testing;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The leaves of the audit log as its door shows them: up to the last checkpoint, which comes a moment after what it covers. */
public final class ShownLeaves {
    private ShownLeaves() {}

    /** The answer about an operation's leaves, as soon as all of these texts are in it. */
    public static String of(Caller auditor, String operation, String... expected) {
        var shown = new AtomicReference<>("");
        Await.until(() -> {
            shown.set(auditor.get("/v1/audit/entries?operation=" + operation).body());
            return Stream.of(expected).allMatch(shown.get()::contains);
        });
        return shown.get();
    }
}
