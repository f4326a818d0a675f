package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The requests of C2SP tlog-witness. */
class AddCheckpointTest {
    private static final NoteSigner LOG = NoteSigner.of("lab-a.example/audit", NoteAlgorithm.ED25519);
    private static final TiledTree TREE = MapOfTiles.ofSize(70).tree();
    private static final Note CHECKPOINT = checkpoint();
    private static final String BODY = new String(request(33).bytes(), UTF_8);

    @Test
    void everyRequestIsReadBack() {
        for (int oldSize = 0; oldSize <= 70; oldSize++) {
            AddCheckpoint read = AddCheckpoint.parse(request(oldSize).bytes());
            assertThat(read).isEqualTo(request(oldSize));
            assertThat(read.bytes()).isEqualTo(request(oldSize).bytes());
        }
    }

    @Test
    void theBodyStartsAsSpecified() {
        assertThat(BODY).startsWith("old 33\n" + TREE.node(0, 32) + "\n").endsWith("\n\n" + CHECKPOINT);
        assertThat(new String(request(0).bytes(), UTF_8)).isEqualTo("old 0\n\n" + CHECKPOINT);
    }

    @ParameterizedTest
    @CsvSource({
        "old 33, old",
        "old 33, old ''",
        "old 33, old  33",
        "old 33, 'old 33 '",
        "old 33, old 033",
        "old 33, old -33",
        "old 33, old 9223372036854775808",
        "old 33, Old 33",
        "old 33~, ''",
        "old 33~, ~old 33~",
        "old 33, old 33~old 33",
        "old 33~, old 33~~",
        "old 33~, old 33~AAAA~",
        "~~lab-a.example/audit, ~lab-a.example/audit",
        "~~lab-a.example/audit, ~~~lab-a.example/audit",
        "~lab-a.example/audit~70~, ~lab-a.example/audit~seventy~"
    })
    void everyOtherBodyIsRefused(String good, String bad) {
        String body = BODY.replace(good.replace('~', '\n'), bad.replace('~', '\n'));
        assertThat(body).isNotEqualTo(BODY);
        assertThatThrownBy(() -> AddCheckpoint.parse(body.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void aRequestHasAtMost63Hashes() {
        List<TreeHash> hashes = Collections.nCopies(64, TreeHash.EMPTY_ROOT);
        var longest = new AddCheckpoint(1, hashes.subList(1, 64), CHECKPOINT);
        assertThat(AddCheckpoint.parse(longest.bytes())).isEqualTo(longest);
        assertThatThrownBy(() -> new AddCheckpoint(1, hashes, CHECKPOINT)).hasMessageContaining("63 hashes");
        for (int more : new int[] {1, 2, 3, 1_000}) {
            String body = new String(longest.bytes(), UTF_8)
                    .replaceFirst("\n", "\n" + (TreeHash.EMPTY_ROOT + "\n").repeat(more));
            assertThatThrownBy(() -> AddCheckpoint.parse(body.getBytes(UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anythingThatIsNotACheckpointIsRefused() {
        assertThatThrownBy(() -> AddCheckpoint.parse(new byte[] {(byte) 0xff})).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> AddCheckpoint.parse(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddCheckpoint(-1, List.of(), CHECKPOINT)).hasMessageContaining("0 or more");
        var note = new Note("no checkpoint\n", CHECKPOINT.signatures());
        assertThatThrownBy(() -> new AddCheckpoint(0, List.of(), note)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AddCheckpoint request(int oldSize) {
        return new AddCheckpoint(oldSize, ConsistencyProof.of(oldSize, 70, TREE).hashes(), CHECKPOINT);
    }

    private static Note checkpoint() {
        String text = new Checkpoint(LOG.verifier().name().origin(), 70, TREE.root()).text();
        return new Note(text, List.of(LOG.sign(text)));
    }
}
