package org.sealkeeper.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.assessment.KeyLife.Kind;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Lifetime;

class KeyChecksTest {
    private static final Instant MADE = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration MILLI = Duration.ofMillis(1);

    @ParameterizedTest
    @CsvSource({
        // declared days, kind, end in days after it was made
        "100, SIGNS, 100",
        ", SIGNS, 1095",
        ", WRAPS, 730"
    })
    void aKeyIsToBeRotatedBeforeItsCryptoperiodEnds(Integer declared, Kind kind, long end) {
        KeyLife key = key(kind, KeyState.ACTIVE, lifetime(declared, false));
        Instant ended = MADE.plus(Duration.ofDays(end));
        assertThat(ofPeriod(key, ended)).endsWith(": high");
        assertThat(ofPeriod(key, ended.minus(Duration.ofHours(180)))).endsWith(": medium");
        assertThat(ofPeriod(key, ended.minus(Duration.ofDays(30)))).endsWith(": right");
    }

    @Test
    void aCryptoperiodIsToBeDeclared() {
        assertThat(Judged.by(KeyChecks.KEYS, List.of(key(Kind.SIGNS, KeyState.ACTIVE, lifetime(null, false))), MADE))
                .contains("cryptoperiod-declared key 'k' version 1: low");
        assertThat(Judged.by(KeyChecks.KEYS, List.of(key(Kind.SIGNS, KeyState.ACTIVE, lifetime(9, false))), MADE))
                .contains("cryptoperiod-declared key 'k' version 1: right");
    }

    @ParameterizedTest
    @CsvSource({
        // kind, state, is it declared to be destroyed, days until then it may be so, severity afterwards
        "SIGNS, PRE_ACTIVE, false, 30, low",
        "SIGNS, SUSPENDED, false, 30, low",
        "SIGNS, DEACTIVATED, false, 30, low",
        "SIGNS, DEACTIVATED, true, 30, medium",
        "WRAPS, DEACTIVATED, false, 1095, medium",
        "SIGNS, COMPROMISED, false, 0, medium",
        "SIGNS, DESTROYING, false, 0, medium"
    })
    void aVersionIsNotToStayInAState(Kind kind, KeyState state, boolean isDestroyed, long days, String severity) {
        KeyLife key = key(kind, state, lifetime(null, isDestroyed));
        Instant edge = MADE.plus(Duration.ofDays(days));
        assertThat(ofState(key, edge)).endsWith(": right");
        assertThat(ofState(key, edge.plus(MILLI))).endsWith(": " + severity);
    }

    @Test
    void whatIsActiveOrDestroyedMayStaySo() {
        Instant late = MADE.plus(Duration.ofDays(10_000));
        assertThat(ofState(key(Kind.SIGNS, KeyState.ACTIVE, Lifetime.UNDECLARED), late))
                .endsWith(": right");
        assertThat(ofState(key(Kind.SIGNS, KeyState.DESTROYED, Lifetime.UNDECLARED), late))
                .endsWith(": right");
    }

    @Test
    void aDeclaredCertificateIsToBeThereAndGood() {
        assertThat(ofCertificate(Optional.empty(), false)).endsWith(": right");
        assertThat(ofCertificate(Optional.empty(), true)).endsWith(": medium");
        assertThat(ofCertificate(Optional.of(MADE.plus(Duration.ofDays(30))), true))
                .endsWith(": right");
        assertThat(ofCertificate(Optional.of(MADE.plus(Duration.ofDays(29))), false))
                .endsWith(": medium");
        assertThat(ofCertificate(Optional.of(MADE), true)).endsWith(": high");
    }

    @Test
    void aKeyThatWrapsIsDeactivatedWhenTheNextVersionIsMade() {
        var next = MADE.plus(Duration.ofDays(3));
        List<KeyLife> lives = KeyLife.of(
                List.of(),
                List.of(
                        wrapping(1, KeyEncryptionKey.State.DEACTIVATED, MADE),
                        wrapping(2, KeyEncryptionKey.State.ACTIVE, next)),
                KeysFile.EMPTY);
        assertThat(lives).extracting(KeyLife::since).containsExactly(next, next);
        assertThat(lives).extracting(KeyLife::state).containsExactly(KeyState.DEACTIVATED, KeyState.ACTIVE);
    }

    @Test
    void aRewrapWindowIsClosedWithinTheHour() {
        Instant edge = MADE.plus(Duration.ofHours(1));
        assertThat(ofWindow(Optional.empty(), edge)).isEqualTo("rewrap-window-open key-encryption key 'k': right");
        assertThat(ofWindow(Optional.empty(), edge.plus(MILLI))).endsWith(": high");
        assertThat(ofWindow(Optional.of(edge), edge.plus(MILLI))).isEqualTo("rewrap-window-open rewrap windows: right");
    }

    private static String ofWindow(Optional<Instant> closedAt, Instant now) {
        var window = new RewrapWindow(new KeyAlias("k"), 1, 2, new CkaId("0".repeat(32)), MADE, closedAt);
        return Judged.by(WindowChecks.WINDOWS, List.of(window), now).getFirst();
    }

    private static KeyEncryptionKey wrapping(int version, KeyEncryptionKey.State state, Instant at) {
        return new KeyEncryptionKey(
                new KeyAlias("patient-data"),
                version,
                state,
                new CkaId("0".repeat(31) + version),
                List.of(new TokenLabel("one")),
                at);
    }

    private static String ofPeriod(KeyLife key, Instant now) {
        return Judged.by(KeyChecks.KEYS.subList(0, 1), List.of(key), now).getFirst();
    }

    private static String ofState(KeyLife key, Instant now) {
        return Judged.by(KeyStateChecks.KEYS, List.of(key), now).getFirst();
    }

    private static String ofCertificate(Optional<Instant> end, boolean isDeclared) {
        KeyLife key = new KeyLife(
                new KeyAlias("k"), 1, Kind.SIGNS, KeyState.ACTIVE, MADE, MADE, Lifetime.UNDECLARED, end, isDeclared);
        return Judged.by(KeyChecks.KEYS.subList(2, 3), List.of(key), MADE).getFirst();
    }

    private static KeyLife key(Kind kind, KeyState state, Lifetime lifetime) {
        return new KeyLife(new KeyAlias("k"), 1, kind, state, MADE, MADE, lifetime, Optional.empty(), false);
    }

    private static Lifetime lifetime(Integer days, boolean isDestroyed) {
        return new Lifetime(Optional.ofNullable(days).map(Duration::ofDays), isDestroyed, Optional.empty());
    }
}
