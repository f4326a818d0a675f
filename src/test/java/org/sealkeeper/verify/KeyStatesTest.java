package org.sealkeeper.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.kernel.KeyId;

class KeyStatesTest {
    private static final KeyId GOOD = new KeyId("A".repeat(43));
    private static final KeyId BAD = new KeyId("B".repeat(42) + "A");
    private static final String STATES = """
            {"kid":"%s","alias":"a","version":1,"state":"active","stateSince":"2026-03-01T12:00:00Z"}
            {"kid":"%s","alias":"a","version":2,"state":"compromised","stateSince":"2026-03-02T12:00:00Z","compromisedSince":"2026-03-01T12:00:00Z"}
            """.formatted(GOOD, BAD);

    @Test
    void aCompromisedKeyIsTrustedNoMoreAndTheReasonSaysSinceWhen() {
        KeyStates states = KeyStates.parse(STATES);
        assertThat(states.compromisedSince(GOOD)).isEmpty();
        assertThat(states.compromisedSince(BAD)).contains(Instant.parse("2026-03-01T12:00:00Z"));
        TrustedKeys trusted = new TrustedKeys(List.of()).in(states);
        assertThat(trusted.find(BAD)).isEmpty();
        assertThat(trusted.whyNot(BAD)).startsWith("key " + BAD + " is compromised since 2026-03-01T12:00:00Z; ");
        assertThat(trusted.whyNot(GOOD)).isEqualTo("key " + GOOD + " is not among the trusted keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kid\":\"short\"}",
                "{\"alias\":\"a\"}",
                "[]",
                "{\"kid\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"compromisedSince\":\"yesterday\"}",
                "{\"kid\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n{\"kid\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"
            })
    void whatIsNoListOfStatesIsRefusedByLine(String text) {
        assertThatThrownBy(() -> KeyStates.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line ");
    }
}
