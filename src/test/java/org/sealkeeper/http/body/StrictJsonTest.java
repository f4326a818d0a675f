package org.sealkeeper.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.http.EchoResource;
import org.sealkeeper.http.MalformedBodies;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;

class StrictJsonTest {
    @Test
    void aDocumentOfTheDocumentedFormIsRead() {
        var block = StrictJson.read(EchoResource.Block.class, MalformedBodies.BLOCK.getBytes(UTF_8));

        assertThat(block.height()).isEqualTo(new Height(12));
        assertThat(block.blockHash()).isEqualTo(new BlockHash(MalformedBodies.HASH));
        assertThat(block.note()).isEmpty();
    }

    @Test
    void whiteSpaceOrderAndEscapesAreFree() {
        String json =
                "\n { \"note\" : \"\\u00e9\u00e9\\ud83d\\ude00\" , \"blockHash\":\"%s\",\t\"\\u0068eight\": 0, \"previousHash\":\"%s\" } \r\n"
                        .formatted(MalformedBodies.HASH, MalformedBodies.HASH);

        var block = StrictJson.read(EchoResource.Block.class, json.getBytes(UTF_8));

        assertThat(block.height()).isEqualTo(new Height(0));
        assertThat(block.note()).contains("\u00e9\u00e9\ud83d\ude00");
    }

    @Test
    void theLargestHeightIsRead() {
        String json = MalformedBodies.BLOCK.replace(":12", ":9007199254740991");

        assertThat(StrictJson.read(EchoResource.Block.class, json.getBytes(UTF_8))
                        .height())
                .isEqualTo(new Height(Height.MAX));
    }

    @ParameterizedTest
    @MethodSource("org.sealkeeper.http.MalformedBodies#blocks")
    void aMalformedBlockIsRefusedByItsField(MalformedBodies.Case malformed) {
        assertRefused(EchoResource.Block.class, malformed);
    }

    @ParameterizedTest
    @MethodSource("org.sealkeeper.http.MalformedBodies#batches")
    void aMalformedBatchIsRefusedByTheFieldOfItsBlock(MalformedBodies.Case malformed) {
        assertRefused(EchoResource.Batch.class, malformed);
    }

    private static void assertRefused(Class<?> type, MalformedBodies.Case malformed) {
        var refusal = catchThrowableOfType(Refusal.class, () -> StrictJson.read(type, malformed.body()));

        assertThat(refusal).isNotNull();
        assertThat(refusal.problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(refusal.problem().fields()).containsEntry("field", malformed.field());
        assertThat(refusal.problem().detail()).startsWith(malformed.detail()).doesNotContain("sealkeeper", "java");
    }
}
