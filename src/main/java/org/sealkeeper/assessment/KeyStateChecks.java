package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;
import org.sealkeeper.assessment.KeyLife.Kind;

/** Whether a version of a key is longer in a state than it should be. */
public final class KeyStateChecks {
    private static final Duration MONTH = Duration.ofDays(30);
    /** NIST SP 800-57 part 1, section 5.3.6: a key-wrapping key unwraps for 3 years after it wrapped. */
    private static final Duration UNWRAPPING = Duration.ofDays(3 * 365);

    /** All of them. */
    public static final List<Check<List<KeyLife>>> KEYS =
            List.of(new Check<>("key-retained", Safeguard.KEY_STATES, KeyStateChecks::retained));

    private KeyStateChecks() {}

    private static Stream<Answer> retained(List<KeyLife> keys, Instant now) {
        return keys.stream().map(key -> retained(key, now));
    }

    private static Answer retained(KeyLife key, Instant now) {
        return switch (key.state()) {
            case PRE_ACTIVE -> within(MONTH, key, now, Severity.LOW, "it to sign soon", activate(key));
            case SUSPENDED -> within(MONTH, key, now, Severity.LOW, "a decision about it", activate(key));
            case DEACTIVATED -> key.kind() == Kind.SIGNS ? signedBefore(key, now) : unwraps(key, now);
            case COMPROMISED ->
                within(Duration.ZERO, key, now, Severity.MEDIUM, "a compromised key to be destroyed", destroy(key));
            case DESTROYING -> within(Duration.ZERO, key, now, Severity.MEDIUM, "it to be destroyed", destroy(key));
            case ACTIVE, DESTROYED -> Check.right(key.name(), found(key));
        };
    }

    private static Answer signedBefore(KeyLife key, Instant now) {
        Severity severity = key.declared().isDestroyedAfter() ? Severity.MEDIUM : Severity.LOW;
        return within(MONTH, key, now, severity, "a key that signed to be destroyed", destroy(key));
    }

    private static Answer unwraps(KeyLife key, Instant now) {
        return within(
                UNWRAPPING,
                key,
                now,
                Severity.MEDIUM,
                "its data keys to be moved within 3 years",
                "sealkeeper rewrap-window open --alias " + key.alias() + ", sealkeeper data-keys rewrap, then "
                        + destroy(key));
    }

    private static Answer within(
            Duration most, KeyLife key, Instant now, Severity severity, String expected, String remedy) {
        return Duration.between(key.since(), now).compareTo(most) > 0
                ? Check.weak(key.name(), severity, expected, found(key), remedy)
                : Check.right(key.name(), found(key));
    }

    private static String found(KeyLife key) {
        return "it is " + key.state().text() + " since " + Ends.text(key.since());
    }

    private static String destroy(KeyLife key) {
        return "sealkeeper keys destroy-version --alias " + key.alias() + " --version-number " + key.version();
    }

    private static String activate(KeyLife key) {
        return "sealkeeper keys change-state --alias " + key.alias() + " --version-number " + key.version()
                + " --to active, or --to deactivated";
    }
}
