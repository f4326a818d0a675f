package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proof files of C2SP tlog-proof. */
class TlogProofTest {
    private static final int SIZE = 7;
    private static final NoteSigner LOG = NoteSigner.of("lab-a.example/audit", NoteAlgorithm.ED25519);
    private static final TiledTree TREE = MapOfTiles.ofSize(SIZE).tree();
    private static final Note CHECKPOINT = checkpoint();
    private static final String PROOF = proof(5).toString();

    @Test
    void everyEntrysProofIsReadBackAndProves() {
        for (int index = 0; index < SIZE; index++) {
            TlogProof proof = TlogProof.parse(proof(index).toString());
            assertThat(proof).isEqualTo(proof(index)).hasToString(proof(index).toString());
            for (int other = 0; other < SIZE; other++) {
                assertThat(proof.proves(NaiveTree.entry(other))).isEqualTo(other == index);
            }
            assertThat(proof.checkpoint().isSignedBy(LOG.verifier())).isTrue();
        }
    }

    @Test
    void theFileStartsAsSpecified() {
        assertThat(PROOF).startsWith("c2sp.org/tlog-proof@v1\nindex 5\n" + TREE.node(0, 4) + "\n");
        assertThat(PROOF).endsWith("\n\n" + CHECKPOINT);
    }

    @Test
    void anExtraLineIsIgnored() {
        for (String extra : new String[] {"extra \n", "extra AAAA\n"}) {
            assertThat(TlogProof.parse(PROOF.replace("index", extra + "index"))).isEqualTo(proof(5));
        }
    }

    @Test
    void anIndexBehindTheTreeProvesNothing() {
        for (long index : new long[] {SIZE, Long.MAX_VALUE}) {
            assertThat(new TlogProof(index, List.of(), CHECKPOINT).proves(NaiveTree.entry(0)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "c2sp.org/tlog-proof@v1, c2sp.org/tlog-proof@v2",
        "c2sp.org/tlog-proof@v1, ''",
        "c2sp.org/tlog-proof@v1~index, c2sp.org/tlog-proof@v1 ~index",
        "c2sp.org/tlog-proof@v1~index, c2sp.org/tlog-proof@v1~~index",
        "index 5~, ''",
        "index 5, index",
        "index 5, index ''",
        "index 5, index  5",
        "index 5, 'index 5 '",
        "index 5, index 05",
        "index 5, index -5",
        "index 5, index 9223372036854775808",
        "index 5, Index 5",
        "index 5, index 5~index 5",
        "index 5, index 5~extra AAAA",
        "index 5, extra AAAA~extra AAAA~index 5",
        "index 5, extra~index 5",
        "index 5, extra AAA~index 5",
        "index 5, extra AAB=~index 5",
        "index 5~, index 5~AAAA~",
        "index 5~, index 5~~",
        "~lab-a.example/audit~7~, ~lab-a.example/audit~seven~",
        "~lab-a.example/audit~7~, ~lab-a.example/audit~7~~",
        "~~lab-a.example/audit, ~lab-a.example/audit",
        "~lab-a.example/audit~, ~~lab-a.example/audit~",
        "~lab-a.example/audit~, ~lab-\ud800.example/audit~"
    })
    void everyOtherTextIsRefused(String good, String bad) {
        String text = PROOF.replace(good.replace('~', '\n'), bad.replace('~', '\n'));
        assertThat(text).isNotEqualTo(PROOF);
        assertThatThrownBy(() -> TlogProof.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void aLoneSurrogateIsNotReadAsAQuestionMark() {
        String text = CHECKPOINT.text() + "what?\n";
        String proof = new TlogProof(0, List.of(), new Note(text, List.of(LOG.sign(text)))).toString();
        assertThat(TlogProof.parse(proof).checkpoint().isSignedBy(LOG.verifier()))
                .isTrue();
        assertThatThrownBy(() -> TlogProof.parse(proof.replace('?', '\ud800')))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProofTooLongForAnyTreeOrOfNoCheckpointIsRefused() {
        List<TreeHash> hashes = Collections.nCopies(64, TreeHash.EMPTY_ROOT);
        assertThat(new TlogProof(0, hashes.subList(1, 64), CHECKPOINT).hashes()).hasSize(63);
        assertThatThrownBy(() -> new TlogProof(0, hashes, CHECKPOINT)).hasMessageContaining("63 hashes");
        assertThatThrownBy(() -> new TlogProof(-1, List.of(), CHECKPOINT)).hasMessageContaining("0 or more");
        var note = new Note("no checkpoint\n", CHECKPOINT.signatures());
        assertThatThrownBy(() -> new TlogProof(0, List.of(), note)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TlogProof proof(int index) {
        return new TlogProof(index, InclusionProof.of(index, SIZE, TREE).hashes(), CHECKPOINT);
    }

    private static Note checkpoint() {
        String text = new Checkpoint(LOG.verifier().name().origin(), SIZE, TREE.root()).text();
        return new Note(text, List.of(LOG.sign(text)));
    }
}
