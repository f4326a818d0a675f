package org.sealkeeper.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.audit.Tally;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockStatement;

/**
 * What an appliance that signs one chain would have recorded: each leaf a function of its index and the seed.
 *
 * @param seed logs of different seeds have no leaf in common
 */
public record SoftwareLeaves(long seed) {
    /** The chain that is signed; of every five leaves the third is of a signed block. */
    public static final String CHAIN = "lab-a";
    /** The key that signs it. */
    public static final SoftwareKey KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 11);

    private static final int PERIOD = 5;
    private static final int SIGNED = 2;
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration STEP = Duration.ofMillis(137);
    private static final Actor NODE = new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:node:node-a")));
    private static final Actor OTHER = new Actor.Identified(Caller.of(new CallerId("urn:sealkeeper:node:node-b")));
    private static final KeyVersion VERSION = new KeyVersion(
            new KeyAlias("lab-a-blocks"), 1, KEY.verificationKey().keyId());

    /** The entry of a leaf. */
    public byte[] entry(long index) {
        return leaf(index).canonicalJson();
    }

    /** The first entries. */
    public List<byte[]> entries(int size) {
        return new ArrayList<>(IntStream.range(0, size).mapToObj(this::entry).toList());
    }

    /** The leaf of an index. */
    public Leaf leaf(long index) {
        Instant time = START.plus(STEP.multipliedBy(index));
        Leaf signing = Leaf.done(time, Operation.SIGN_BLOCK, NODE, block(index), "chains/lab-a/signers")
                .with(VERSION);
        Leaf leaf = switch ((int) (index % PERIOD)) {
            case 1 -> signing.ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty());
            case SIGNED -> signing.ending(Outcome.DONE, Optional.empty(), OptionalLong.of(index - 1));
            case 3 ->
                Leaf.done(time, Operation.SIGN_BLOCK, OTHER, block(index), "default")
                        .refused(Decision.denied("default"), new Reason("forbidden"));
            case 4 ->
                Leaf.done(
                        time,
                        Operation.READ_CHAIN,
                        OTHER,
                        new Subject.Chain(new ChainName(CHAIN)),
                        "chains/lab-a/readers");
            default -> index == 0 ? started(time) : flood(time);
        };
        return leaf.in(new RequestId("r" + seed + "-" + (index % PERIOD == 1 ? index + 1 : index)));
    }

    /** The chain as the API exports it, as far as a log of this size has its leaves: one signed block a line. */
    public static List<String> export(long size) {
        List<String> lines = new ArrayList<>();
        for (long height = 0; height * PERIOD + SIGNED < size; height++) {
            BlockStatement block = SoftwareChain.statements(CHAIN, height).getFirst();
            lines.add(SoftwareChain.line(KEY, block)
                    .replaceFirst("}$", ",\"auditIndex\":" + (height * PERIOD + SIGNED) + "}"));
        }
        return lines;
    }

    private static Subject.Block block(long index) {
        BlockStatement block = SoftwareChain.statements(CHAIN, index / PERIOD).getFirst();
        return new Subject.Block(block.chain(), block.height(), block.previousHash(), block.blockHash());
    }

    private static Leaf started(Instant time) {
        return Leaf.done(time, Operation.START_APPLIANCE, new Actor.Appliance(), new Subject.Whole(), "appliance");
    }

    private static Leaf flood(Instant time) {
        return Leaf.done(time, Operation.OTHER_REQUEST, new Actor.Anonymous(), new Subject.Whole(), "default")
                .refused(Decision.denied("default"), new Reason("unauthenticated"))
                .counting(new Tally(40, time.minusSeconds(1)));
    }
}
