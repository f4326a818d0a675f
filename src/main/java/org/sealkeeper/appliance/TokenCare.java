package org.sealkeeper.appliance;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.hsm.HealthKey;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenWatch;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.TokenEnforcement;
import org.sealkeeper.keys.TokenReadmission;

/** Has the tokens probed and let in anew; and ends the process where that is all that is left to do. */
@Singleton
final class TokenCare {
    private static final System.Logger LOG = System.getLogger(TokenCare.class.getName());
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);

    private final Tokens tokens;
    private final BackgroundLoops loops;
    private final KeyRing keys;
    private final TokenReadmission readmission;
    private final MeterRegistry registry;
    private final TokenLeaves leaves;
    private final Alarms alarms;
    private final AtomicBoolean isEnding = new AtomicBoolean();

    TokenCare(
            Tokens tokens,
            BackgroundLoops loops,
            KeyRing keys,
            KeyEncryptionKeys keyEncryptionKeys,
            TokenEnforcement enforcement,
            MeterRegistry registry,
            TokenLeaves leaves,
            Alarms alarms) {
        this.tokens = tokens;
        this.loops = loops;
        this.keys = keys;
        this.readmission = new TokenReadmission(keys, keyEncryptionKeys, enforcement);
        this.registry = registry;
        this.leaves = leaves;
        this.alarms = alarms;
    }

    void begin() {
        tokens.all().forEach(this::begin);
    }

    private void begin(Hsm token) {
        TokenWatch.begin(token, loops, () -> healthKey(token), readmission, events(token), this::callsNeverReturn);
    }

    private Optional<HealthKey> healthKey(Hsm token) {
        return keys.healthKey(token.label()).map(key -> new HealthKey(key.ckaId(), key.verificationKey()));
    }

    private TokenEvents events(Hsm token) {
        TokenLabel label = token.label();
        return new TokenEvents(
                label, tokens.recorded(label), new TokenMetrics(registry, label, token.health()), leaves, alarms);
    }

    /** While another token works, the one whose calls hang stays out of use. */
    private void callsNeverReturn() {
        if (tokens.used().isEmpty() && !isEnding.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "calls to the token do not return: this process can only end, and be started anew");
            endProcess();
        }
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
