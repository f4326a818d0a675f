package org.sealkeeper.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedRecordTest {
    private static final String JSON = "{\"context\":{\"ort\":\"Zürich\"},\"jwe\":{\"iv\":\"AA\"},\"wrapped\":\"sk1\"}";

    @ParameterizedTest
    @ValueSource(strings = {JSON, "\ufeff" + JSON, JSON + "\r\n", JSON + "\n\n"})
    void whatEditorsAddIsNoPartOfARecord(String text) {
        assertThat(SealedRecord.parse(text.getBytes(UTF_8)))
                .isEqualTo(new SealedRecord(Map.of("ort", "Zürich"), Map.of("iv", "AA"), "sk1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                JSON + "{}",
                "{\"context\":{\"ort\":null},\"jwe\":{},\"wrapped\":\"\"}",
                "{\"context\":{},\"jwe\":{},\"wrapped\":null}",
                "{\"context\":null,\"jwe\":{},\"wrapped\":\"\"}"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SealedRecord.parse(text.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a sealed record: context, jwe and wrapped, as JSON");
    }
}
