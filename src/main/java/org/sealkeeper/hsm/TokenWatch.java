package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.sealkeeper.background.BackgroundLoops;

/** Keeps a token in use for years: a loop probes it, and another lets it in anew after it failed. For an appliance; a command ends instead. */
public final class TokenWatch {
    private static final Duration LOOK = Duration.ofMillis(100);

    private TokenWatch() {}

    /**
     * Begins; ends when the token is closed. Once.
     *
     * @param key that probes use at each moment; empty where no key is in the token
     * @param readmission what the token must prove when it was let in anew
     * @param observer told what happens to it
     * @param hopeless told again and again while calls do not return, and only the end of the process would help
     */
    public static void begin(
            Hsm hsm,
            BackgroundLoops loops,
            Supplier<Optional<HealthKey>> key,
            Readmission readmission,
            TokenObserver observer,
            Runnable hopeless) {
        TokenHealth health = hsm.health();
        var recovery = new TokenRecovery(hsm, readmission, hopeless);
        var probe = new TokenProbe(health, key);
        health.observe(observer);
        health.run(loops.loop("hsm-recovery", LOOK, recovery::tryWhenDue, "the token was not let in anew"));
        health.run(loops.loop("hsm-probe", LOOK, probe::probeWhenDue, "the token was not probed"));
    }
}
