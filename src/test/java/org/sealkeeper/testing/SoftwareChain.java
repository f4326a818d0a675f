package org.sealkeeper.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BatchProof;
import org.sealkeeper.ledger.BatchStatement;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.StatementTree;

/** Signed blocks as the API gives them out, made without it. */
public final class SoftwareChain {
    private static final Instant START = Instant.parse("2026-01-05T08:00:00.000Z");

    private SoftwareChain() {}

    /** Statements of one chain for these heights; each links to the block of the height below, zeros below genesis. */
    public static List<BlockStatement> statements(String chain, long... heights) {
        List<BlockStatement> statements = new ArrayList<>();
        for (long height : heights) {
            statements.add(new BlockStatement(
                    new ChainName(chain),
                    new Height(height),
                    height == 0 ? BlockHash.zeros(32) : hash(chain, height - 1),
                    hash(chain, height),
                    START.plusMillis(height * 1_001)));
        }
        return statements;
    }

    /** The hash of the chain's block at this height. */
    public static BlockHash hash(String chain, long height) {
        try {
            byte[] content = (chain + "/" + height).getBytes(StandardCharsets.US_ASCII);
            return new BlockHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The line of a signed block, its members in the order of the API. */
    public static String line(SoftwareKey key, BlockStatement block) {
        return line(key, block, key.jws(BlockStatement.TYPE, block.canonicalJson()));
    }

    /** The lines of blocks that one signature is of. */
    public static List<String> batch(SoftwareKey key, List<BlockStatement> blocks) {
        var tree = new StatementTree(blocks);
        String signature = key.jws(
                BatchStatement.TYPE,
                tree.statement(blocks.getLast().signedAt().plusMillis(1)).canonicalJson());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            lines.add(batched(line(key, blocks.get(i), signature), blocks.get(i), tree.proof(i)));
        }
        return lines;
    }

    /** A line that has a statement and its proof as well. */
    public static String batched(String line, BlockStatement block, BatchProof proof) {
        String statement = new String(block.canonicalJson(), StandardCharsets.US_ASCII).replace("\"", "\\\"");
        String hashes = proof.hashes().stream().map(hash -> "\"" + hash + "\"").collect(Collectors.joining(","));
        return line.replaceFirst("}$", "")
                + ",\"statement\":\"%s\",\"proof\":{\"leafIndex\":%d,\"leafCount\":%d,\"hashes\":[%s]}}"
                        .formatted(statement, proof.leafIndex(), proof.leafCount(), hashes);
    }

    /** As above, with this text in the place of the signature. */
    public static String line(SoftwareKey key, BlockStatement block, String signature) {
        return """
                {"chain":"%s","height":%s,"previousHash":"%s","blockHash":"%s","signedAt":"%s",\
                "keyId":"%s","algorithm":"%s","signature":"%s"}""".formatted(
                        block.chain(),
                        block.height(),
                        block.previousHash(),
                        block.blockHash(),
                        block.signedAtText(),
                        key.verificationKey().keyId(),
                        key.verificationKey().algorithm().joseName(),
                        signature);
    }
}
