package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;
import org.sealkeeper.assessment.KeyLife.Kind;
import org.sealkeeper.keys.KeyState;

/** What is asked of the keys that the store knows. */
public final class KeyChecks {
    private static final Duration MONTH = Duration.ofDays(30);
    /** NIST SP 800-57 part 1, section 5.3.6: private signature keys 1 to 3 years, key-wrapping keys 2 years to wrap. */
    private static final Duration SIGNING = Duration.ofDays(3 * 365);

    private static final Duration WRAPPING = Duration.ofDays(2 * 365);

    /** All of them. */
    public static final List<Check<List<KeyLife>>> KEYS = List.of(
            new Check<>("cryptoperiod-end", Safeguard.CRYPTOPERIODS, KeyChecks::cryptoperiods),
            new Check<>("cryptoperiod-declared", Safeguard.CRYPTOPERIODS, KeyChecks::declarations),
            new Check<>("key-certificate", Safeguard.AUTHENTICATION, KeyChecks::certificates));

    private KeyChecks() {}

    private static Stream<Answer> cryptoperiods(List<KeyLife> keys, Instant now) {
        return active(keys)
                .map(key -> new Ends(
                                "a key within its cryptoperiod", MONTH, "sealkeeper keys rotate --alias " + key.alias())
                        .judge(key.name(), end(key), now));
    }

    private static Instant end(KeyLife key) {
        return key.declared()
                .end(key.createdAt())
                .orElseGet(() -> key.createdAt().plus(key.kind() == Kind.SIGNS ? SIGNING : WRAPPING));
    }

    private static Stream<Answer> declarations(List<KeyLife> keys, Instant now) {
        return active(keys)
                .map(key -> key.declared()
                        .cryptoperiod()
                        .map(period -> Check.right(key.name(), period.toDays() + " days are declared"))
                        .orElseGet(() -> Check.weak(
                                key.name(),
                                Severity.LOW,
                                "a declared cryptoperiod",
                                "none: " + (key.kind() == Kind.SIGNS ? SIGNING : WRAPPING).toDays()
                                        + " days were taken for it",
                                "write 'cryptoperiodDays' of the key into keys.yaml, and give that with -f")));
    }

    private static Stream<Answer> certificates(List<KeyLife> keys, Instant now) {
        return active(keys).filter(key -> key.kind() == Kind.SIGNS).map(key -> certificate(key, now));
    }

    private static Answer certificate(KeyLife key, Instant now) {
        String remedy = "sealkeeper keys csr --alias " + key.alias() + ", then keys import-certificate";
        return key.certificate()
                .map(end -> new Ends("a certificate that is valid", MONTH, remedy).judge(key.name(), end, now))
                .orElseGet(() -> key.isCertificateDeclared()
                        ? Check.weak(
                                key.name(),
                                Severity.MEDIUM,
                                "the certificate of an authority, as declared",
                                "it has none",
                                remedy)
                        : Check.right(key.name(), "it signed its own certificate, which has no end"));
    }

    private static Stream<KeyLife> active(List<KeyLife> keys) {
        return keys.stream().filter(key -> key.state() == KeyState.ACTIVE);
    }
}
