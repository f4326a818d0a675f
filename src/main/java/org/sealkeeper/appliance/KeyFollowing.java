package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.keys.KeyChanges;

/** Looks once a second for what commands changed in the catalogue of signing keys. */
@Singleton
final class KeyFollowing {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final BackgroundLoop loop;

    KeyFollowing(KeyChanges changes, BackgroundLoops loops) {
        this.loop = loops.loop("key-changes", LOOK, changes::look, "changes of signing keys were not looked at");
    }

    void begin() {
        loop.start();
    }

    void close() {
        loop.close();
    }
}
