package org.sealkeeper.appliance;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.hsm.HealthKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenWatch;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.TokenEnforcement;
import org.sealkeeper.keys.TokenReadmission;

/** Has the token probed and let in anew; and ends the process where that is all that is left to do. */
@Singleton
final class TokenCare {
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final Hsm hsm;
    private final BackgroundLoops loops;
    private final KeyRing keys;
    private final TokenReadmission readmission;
    private final TokenEvents events;

    TokenCare(
            Hsm hsm,
            BackgroundLoops loops,
            KeyRing keys,
            KeyEncryptionKeys keyEncryptionKeys,
            TokenEnforcement enforcement,
            TokenEvents events) {
        this.hsm = hsm;
        this.loops = loops;
        this.keys = keys;
        this.readmission = new TokenReadmission(keys, keyEncryptionKeys, enforcement);
        this.events = events;
    }

    void begin() {
        keys.healthKey()
                .map(key -> new HealthKey(key.ckaId(), key.verificationKey()))
                .ifPresent(key -> TokenWatch.begin(hsm, loops, key, readmission, events, TokenCare::endProcess));
    }

    /** For its supervisor to start it anew. What hangs in the token may hold up the stop. */
    private static void endProcess() {
        Thread.ofPlatform().name("end-without-stop").daemon().start(() -> {
            try {
                Thread.sleep(TIME_TO_STOP);
            } catch (InterruptedException e) {
                // It ends now, then.
            }
            Runtime.getRuntime().halt(FailedStart.FAILED);
        });
        Quarkus.asyncExit(FailedStart.FAILED);
    }
}
