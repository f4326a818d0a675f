package org.sealkeeper.ledger.verification;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BatchProof;
import org.sealkeeper.ledger.BatchStatement;
import org.sealkeeper.ledger.BatchedStatement;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.StatementTree;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareKey;
import org.sealkeeper.verify.TrustedKeys;

/** The signature of a batch says something of a block only with the block's own statement and proof. */
class BatchVerificationTest {
    private static final SoftwareKey KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 1);
    private static final SoftwareKey OTHER = SoftwareKey.generate(SigningAlgorithm.ES256, 2);
    private static final TrustedKeys TRUSTED = new TrustedKeys(List.of(KEY.verificationKey()));
    private static final BlockVerifier VERIFIER = new BlockVerifier(TRUSTED);
    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00.000Z");
    private static final List<BlockStatement> BLOCKS = SoftwareChain.statements("lab-a", 0, 1, 2, 3, 4, 5, 6);
    private static final StatementTree TREE = new StatementTree(BLOCKS);
    private static final BatchStatement BATCH = TREE.statement(NOW);
    private static final String SIGNATURE = KEY.jws(BatchStatement.TYPE, BATCH.canonicalJson());

    @Test
    void everyBlockOfEveryBatchIsValidWithItsOwnProof() {
        for (int size = 1; size <= 33; size++) {
            List<BlockStatement> blocks = SoftwareChain.statements(
                    "lab-b",
                    Stream.iterate(0L, height -> height + 1)
                            .limit(size)
                            .mapToLong(Long::longValue)
                            .toArray());
            for (String line : SoftwareChain.batch(KEY, blocks)) {
                assertThat(new BlockLine(TRUSTED).judge(line)).isInstanceOf(BlockVerdict.Valid.class);
            }
        }
    }

    @Test
    void itSaysWhatTheStatementSays() {
        assertThat(verify(SIGNATURE, statement(3), TREE.proof(3)))
                .isEqualTo(new BlockVerdict.Valid(
                        BLOCKS.get(3), KEY.verificationKey().keyId()));
    }

    @Test
    void noOtherProofProves() {
        BatchProof good = TREE.proof(3);
        List<BatchProof> forged = new ArrayList<>();
        for (int other = 0; other < BLOCKS.size(); other++) {
            if (other != 3) {
                forged.add(TREE.proof(other));
                forged.add(new BatchProof(other, 7, good.hashes()));
            }
        }
        for (int count = 4; count < 20; count++) {
            if (count != 7) {
                forged.add(new BatchProof(3, count, good.hashes()));
            }
        }
        for (int i = 0; i < good.hashes().size(); i++) {
            List<String> hashes = new ArrayList<>(good.hashes());
            hashes.set(i, flipped(hashes.get(i)));
            forged.add(new BatchProof(3, 7, hashes));
            hashes.remove(i);
            forged.add(new BatchProof(3, 7, hashes));
        }
        List<String> longer = new ArrayList<>(good.hashes());
        longer.add("ab".repeat(32));
        forged.add(new BatchProof(3, 7, longer));
        forged.add(new BatchProof(3, 7, good.hashes().reversed()));
        forged.add(new BatchProof(3, 7, List.of()));
        for (BatchProof proof : forged) {
            assertThat(verify(SIGNATURE, statement(3), proof))
                    .as("%s", proof)
                    .isEqualTo(new BlockVerdict.Invalid(
                            "the proof does not show that the statement is in the signed batch"));
        }
    }

    @Test
    void noOtherStatementIsProven() {
        String good = statement(3);
        for (String altered : List.of(
                good.replace("\"height\":3", "\"height\":4"),
                good.replace("lab-a", "lab-b"),
                good.replace(",", ", "),
                good + "\n",
                statement(4),
                "",
                "{}")) {
            assertThat(verify(SIGNATURE, altered, TREE.proof(3))).isInstanceOf(BlockVerdict.Invalid.class);
        }
    }

    /** RFC 6962 section 2.1: leaves and nodes are hashed differently, so that the node above two leaves is no leaf. */
    @Test
    void aNodeOfTheTreeIsNoStatement() {
        byte[] left = TreeHash.ofLeaf(BLOCKS.get(0).canonicalJson()).bytes();
        byte[] right = TreeHash.ofLeaf(BLOCKS.get(1).canonicalJson()).bytes();
        String node = new String(left, ISO_8859_1) + new String(right, ISO_8859_1);
        BatchProof above = new BatchProof(0, 7, TREE.proof(0).hashes().subList(1, 3));
        assertThat(verify(SIGNATURE, node, above)).isInstanceOf(BlockVerdict.Invalid.class);
    }

    /** A tree of twice the leaves can have a proof of the same form: the signed count is what counts. */
    @Test
    void theSignedCountOfLeavesCounts() {
        for (int count : new int[] {1, 6, 8, 65_536}) {
            String signature =
                    KEY.jws(BatchStatement.TYPE, new BatchStatement(BATCH.root(), count, NOW).canonicalJson());
            assertThat(verify(signature, statement(3), TREE.proof(3))).isInstanceOf(BlockVerdict.Invalid.class);
        }
    }

    @ParameterizedTest
    @MethodSource
    void noKindOfSignatureIsTakenForTheOther(
            String what, String signature, Optional<BatchedStatement> batched, String why) {
        assertThat(VERIFIER.verify(signature, batched))
                .as(what)
                .isInstanceOfSatisfying(
                        BlockVerdict.Invalid.class,
                        found -> assertThat(found.reason()).contains(why));
    }

    static Stream<Object[]> noKindOfSignatureIsTakenForTheOther() {
        var alone = Optional.<BatchedStatement>empty();
        var proven = Optional.of(new BatchedStatement(statement(3), TREE.proof(3)));
        var ownTree = Optional.of(new BatchedStatement(statement(3), new BatchProof(0, 1, List.of())));
        byte[] block = BLOCKS.get(3).canonicalJson();
        byte[] batch = BATCH.canonicalJson();
        return Stream.of(new Object[][] {
            {"a batch's without a proof", SIGNATURE, alone, "expected the statement and the proof"},
            {"a block's with a proof", KEY.jws("block+jws", block), proven, "expected no statement and no proof"},
            {"a block's with a proof of one leaf", KEY.jws("block+jws", block), ownTree, "expected no statement"},
            {"a batch under the type of a block", KEY.jws("block+jws", batch), alone, "canonical JSON of blockHash"},
            {"a batch under the type of a block, with its proof", KEY.jws("block+jws", batch), proven, "expected no"},
            {"a block under the type of a batch", KEY.jws("block-batch+jws", block), alone, "expected the statement"},
            {"a block under the type of a batch, with a proof", KEY.jws("block-batch+jws", block), ownTree, "leafCount"
            },
            {"another type", KEY.jws("JWT", batch), proven, "expected typ block+jws or block-batch+jws"},
            {"another key's", OTHER.jws("block-batch+jws", batch), proven, "not among the trusted keys"},
            {
                "another key's under this name",
                new SoftwareKey(KEY.verificationKey(), OTHER.privateKey()).jws("block-batch+jws", batch),
                proven,
                "not that of key"
            },
            {"an altered root", withPayload(SIGNATURE, flippedRoot()), proven, "not that of key"},
        });
    }

    @ParameterizedTest
    @MethodSource
    void aLineThatSaysAnythingElseIsRefused(String what, String line) {
        String good = SoftwareChain.batch(KEY, BLOCKS).get(3);
        assertThat(line).isNotEqualTo(good);
        assertThat(new BlockLine(TRUSTED).judge(line)).as(what).isNotInstanceOf(BlockVerdict.Valid.class);
        assertThat(new BlockLine(TRUSTED).judge(good)).isInstanceOf(BlockVerdict.Valid.class);
    }

    static Stream<Object[]> aLineThatSaysAnythingElseIsRefused() {
        List<String> lines = SoftwareChain.batch(KEY, BLOCKS);
        String good = lines.get(3);
        String single = SoftwareChain.line(KEY, BLOCKS.get(3));
        String statementAndProof = good.substring(good.indexOf(",\"statement\""), good.length() - 1);
        String otherStatementAndProof = lines.get(4)
                .substring(lines.get(4).indexOf(",\"statement\""), lines.get(4).length() - 1);
        return Stream.of(new Object[][] {
            {"no statement", good.replaceFirst(",\"statement\":\".*?[^\\\\]\"", "")},
            {"no proof", good.replaceFirst(",\"proof\":.*}}", "}")},
            {"neither", good.replace(statementAndProof, "")},
            {"another block's", good.replace(statementAndProof, otherStatementAndProof)},
            {"another hash beside it", good.replaceFirst("\"blockHash\":\"..", "\"blockHash\":\"00")},
            {"another height beside it", good.replaceFirst("\"height\":3", "\"height\":4")},
            {"a block's own signature", single.replace("}", statementAndProof + "}")},
            {"a statement beside a block's own signature", single.replace("}", ",\"statement\":\"{}\"}")},
            {"a proof beside a block's own signature", single.replace("}", ",\"proof\":{}}")},
            {"a text for a proof", good.replaceFirst("\"proof\":.*}}", "\"proof\":\"\"}")},
            {"more in the proof", good.replace("\"leafCount\":7", "\"leafCount\":7,\"x\":1")},
            {"no count", good.replace("\"leafCount\":7,", "")},
            {"a text for a count", good.replace("\"leafCount\":7", "\"leafCount\":\"7\"")},
            {"a count beyond 32 bits", good.replace("\"leafCount\":7", "\"leafCount\":4294967303")},
            {"an index beyond 32 bits", good.replace("\"leafIndex\":3", "\"leafIndex\":4294967299")},
            {"a number among the hashes", good.replaceFirst("\"hashes\":\\[", "\"hashes\":[1,")},
        });
    }

    private static BlockVerdict verify(String signature, String statement, BatchProof proof) {
        return VERIFIER.verify(signature, Optional.of(new BatchedStatement(statement, proof)));
    }

    private static String statement(int leaf) {
        return new String(BLOCKS.get(leaf).canonicalJson(), US_ASCII);
    }

    private static String flipped(String hash) {
        byte[] bytes = HexFormat.of().parseHex(hash);
        bytes[31] ^= 1;
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] flippedRoot() {
        return new BatchStatement(TreeHash.ofHex(flipped(BATCH.root().hex())), 7, NOW).canonicalJson();
    }

    private static String withPayload(String jws, byte[] payload) {
        return jws.substring(0, jws.indexOf('.') + 1) + Base64Url.encode(payload) + jws.substring(jws.lastIndexOf('.'));
    }
}
