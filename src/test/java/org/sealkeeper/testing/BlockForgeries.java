package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.sealkeeper.testing.EvidenceCases.BLOCKS;
import static org.sealkeeper.testing.EvidenceCases.KEY;
import static org.sealkeeper.testing.EvidenceCases.batch;
import static org.sealkeeper.testing.EvidenceCases.draft;
import static org.sealkeeper.testing.EvidenceCases.forged;

import java.util.stream.Stream;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.testing.EvidenceCases.Case;

/** Bundles whose block is not what was signed, or does not follow the one before it. */
final class BlockForgeries {
    private static final SoftwareKey STRANGER = SoftwareKey.generate(SigningAlgorithm.ES256, 13);
    private static final BlockStatement BLOCK = BLOCKS.get(2);
    private static final String OTHER_SIGNATURE =
            KEY.jws(BlockStatement.TYPE, BLOCKS.get(1).canonicalJson());

    private BlockForgeries() {}

    static Stream<Case> all() {
        return Stream.of(alone(), batched(), linked()).flatMap(cases -> cases);
    }

    private static Stream<Case> alone() {
        return Stream.of(
                signed(
                        "another hash beside the signature",
                        "expected 'blockHash' to be the signed ",
                        draft().block("(\"blockHash\":\")[0-9a-f]{4}", "$10000")),
                signed(
                        "another height beside the signature",
                        "expected 'height' to be the signed 2",
                        draft().block("(\"height\":)2", "$13")),
                signed(
                        "another time beside the signature",
                        "expected 'signedAt' to be the signed ",
                        draft().block("(\"signedAt\":\")2026", "$12025")),
                signed(
                        "a member that nobody signed",
                        "expected no member 'approved', or not with this value",
                        draft().block("}$", ",\"approved\":\"yes\"}")),
                signed(
                        "the signature of the block before",
                        "expected 'blockHash' to be the signed ",
                        draft().block("\"signature\":\"[^\"]*", "\"signature\":\"" + OTHER_SIGNATURE)),
                signed(
                        "a signature in which a bit was changed",
                        "the signature is not that of key ",
                        draft().block("(\"signature\":\"[^.]*[.][^.]*[.])[A-Za-z0-9_-]{4}", "$1AAAA")),
                signed(
                        "a statement that was exchanged under the signature",
                        "the signature is not that of key ",
                        draft().block("(\"signature\":\"[^.]*[.])[A-Za-z0-9_-]{4}", "$1AAAA")),
                signed(
                        "a key that is not trusted",
                        " is not among the trusted keys",
                        draft().block(SoftwareChain.line(STRANGER, BLOCK))),
                signed(
                        "another key under the name of a trusted one",
                        "the signature is not that of key ",
                        draft().block(SoftwareChain.line(
                                new SoftwareKey(KEY.verificationKey(), STRANGER.privateKey()), BLOCK))),
                signed(
                        "a signature of something that is no block",
                        "expected typ block+jws or block-batch+jws",
                        draft().block(SoftwareChain.line(KEY, BLOCK, KEY.jws("JWT", BLOCK.canonicalJson())))),
                signed(
                        "a signature of no algorithm",
                        "expected alg ES256, ES384, PS256 or EdDSA",
                        draft().block("(\"signature\":\")[^.]*", "$1" + unsignedHeader())));
    }

    private static String unsignedHeader() {
        String kid = KEY.verificationKey().keyId().value();
        return Base64Url.encode("{\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"block+jws\"}"
                .formatted(kid)
                .getBytes(UTF_8));
    }

    private static Stream<Case> batched() {
        String refused = "the proof does not show that the statement is in the signed batch";
        return Stream.of(
                signed(
                        "a proof of a batch in which a hash was changed",
                        refused,
                        draft().block(batch(2)).block("(\"hashes\":\\[\")[0-9a-f]{4}", "$10000")),
                signed(
                        "the proof of another block of the batch",
                        refused,
                        draft().block(batch(2)).block("\"proof\":.*", proofOf(batch(1)))),
                signed(
                        "a tree of another size",
                        refused,
                        draft().block(batch(2)).block("(\"leafCount\":)3", "$14")),
                signed(
                        "a statement that is not in the batch",
                        refused,
                        draft().block(batch(2)).block("(\"statement\":.*height..:)2", "$19")),
                signed(
                        "the signature of a batch without a proof",
                        "expected the statement and the proof beside the signature of a batch",
                        draft().block(batch(2)).block(",\"statement\".*", "}")));
    }

    private static String proofOf(String block) {
        return block.substring(block.indexOf("\"proof\":"));
    }

    private static Stream<Case> linked() {
        String other = "its previousHash is not the hash of the block in the bundle";
        return Stream.of(
                link(
                        "the block before it of another chain",
                        other,
                        draft().predecessor(SoftwareChain.line(
                                        KEY,
                                        SoftwareChain.statements("lab-b", 1).getFirst()))
                                .made()),
                link(
                        "a block long before it",
                        other,
                        draft().predecessor(SoftwareChain.line(KEY, BLOCKS.get(0)))
                                .made()),
                link(
                        "a block before it that was changed",
                        "the block before it: expected 'height' to be the signed 1",
                        draft().predecessor(
                                        SoftwareChain.line(KEY, BLOCKS.get(1)).replace("\"height\":1", "\"height\":0"))
                                .made()),
                link(
                        "a block before it that nobody signed",
                        "the block before it: ",
                        draft().predecessor("{}").made()));
    }

    private static Case signed(String name, String why, EvidenceDraft draft) {
        return forged(name, "block-signed", why, draft.made());
    }

    private static Case link(String name, String why, Evidence evidence) {
        return forged(name, "links-to-predecessor", why, evidence);
    }
}
