package org.sealkeeper.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdTest {
    @Test
    void aNameMayHaveAnyLetters() {
        assertThat(new CallerId("CN=Zürich")).hasToString("CN=Zürich");
        assertThat(new BearerToken("https://id.example", "Zürich", Optional.of("\ufffd"), Map.of()).tokenId())
                .isEmpty();
    }

    /** Two callers would be one. */
    @ParameterizedTest
    @ValueSource(strings = {"CN=Z\ufffdrich", "\ufffd", "CN=a\u0000", "CN=a\n", ""})
    void aNameInWhichCharactersWereLostIsNobodys(String name) {
        assertThatThrownBy(() -> new CallerId(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BearerToken("https://id.example", name, Optional.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BearerToken(name, "somebody", Optional.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
