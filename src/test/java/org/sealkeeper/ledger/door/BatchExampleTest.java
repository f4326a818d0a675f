package org.sealkeeper.ledger.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the API's description shows is a batch that was signed. */
class BatchExampleTest {
    @Test
    void theExampleIsTheGoldenBatch() throws Exception {
        var json = new ObjectMapper();
        List<String> golden = Files.readAllLines(Path.of("src/test/resources/golden/block-batch.ndjson"));
        JsonNode results = json.readTree(BatchExample.RESULT).get("results");
        JsonNode blocks = json.readTree(BatchExample.REQUEST).get("blocks");
        assertThat(results).hasSameSizeAs(golden);
        for (int i = 0; i < golden.size(); i++) {
            JsonNode signed = json.readTree(golden.get(i));
            assertThat(results.get(i)).isEqualTo(signed);
            blocks.get(i)
                    .properties()
                    .forEach(field -> assertThat(field.getValue()).isEqualTo(signed.get(field.getKey())));
        }
    }
}
