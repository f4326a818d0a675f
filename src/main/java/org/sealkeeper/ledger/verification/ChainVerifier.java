package org.sealkeeper.ledger.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.sealkeeper.verify.TrustedKeys;

/**
 * Judges a whole chain, read as a stream of newline-delimited JSON, with nothing but trusted public keys: every signature,
 * every link, every height. Needs the memory of one block, however long the chain.
 */
public final class ChainVerifier {
    /** Several times the longest signed block. */
    private static final int MAX_LINE_BYTES = 16_384;

    private final BlockLine blockLine;
    private final ChainExpectation expected;

    public ChainVerifier(TrustedKeys trusted, ChainExpectation expected) {
        this.blockLine = new BlockLine(trusted);
        this.expected = expected;
    }

    /**
     * Reads to the end, or to the first thing that is wrong.
     *
     * @param ndjson one signed block a line, in rising order of heights, as the API gives them
     * @throws UncheckedIOException if the stream cannot be read: the chain is then neither valid nor invalid
     */
    public ChainVerdict verify(InputStream ndjson) {
        return verify(ndjson, block -> {});
    }

    /**
     * As {@link #verify(InputStream)}, and hands on each block that stands where it may. Whether the chain as a whole is valid
     * is known only at the end.
     */
    public ChainVerdict verify(InputStream ndjson, Consumer<VerifiedBlock> verified) {
        var walk = new ChainWalk(expected);
        var lines = new BoundedLines(ndjson, MAX_LINE_BYTES);
        try {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<ChainVerdict> refusal = refusal(walk, lines.number(), line.get(), verified);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
            return walk.end();
        } catch (BoundedLines.MalformedLine e) {
            return new ChainVerdict.Malformed(lines.number(), "not a signed block: " + e.reason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ChainVerdict> refusal(ChainWalk walk, long number, String line, Consumer<VerifiedBlock> verified) {
        return switch (blockLine.judge(line)) {
            case BlockVerdict.Valid valid -> {
                Optional<String> refusal = walk.step(valid);
                if (refusal.isEmpty()) {
                    BlockMembers block = BlockMembers.parse(line);
                    verified.accept(new VerifiedBlock(
                            valid.statement(),
                            valid.keyId(),
                            block.signature(),
                            block.batched(),
                            BlockLine.statedAuditIndex(line),
                            BlockLine.statedAuditLog(line)));
                }
                yield refusal.map(reason -> invalid(number, line, reason));
            }
            case BlockVerdict.Invalid(String reason) -> Optional.of(invalid(number, line, reason));
            case BlockVerdict.Malformed(String reason) -> Optional.of(new ChainVerdict.Malformed(number, reason));
        };
    }

    private static ChainVerdict invalid(long number, String line, String reason) {
        return new ChainVerdict.Invalid(number, BlockLine.statedHeight(line), reason);
    }
}
