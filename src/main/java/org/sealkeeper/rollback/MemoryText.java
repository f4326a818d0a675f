package org.sealkeeper.rollback;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.rollback.MemoryRecord.State;
import org.sealkeeper.store.StopReason;

/** The form of a {@link MemoryRecord} in the token: docs/formats/token-memory.md. */
final class MemoryText {
    private static final String VERSION = "sealkeeper-memory/1";
    /** With the tokens that remember it. */
    private static final String OF_SEVERAL_TOKENS = "sealkeeper-memory/2";

    private static final String SEPARATOR = ", ";
    private static final String NONE = "-";
    /** Characters of a chain with a hash of 32 bytes. */
    private static final int USUAL_LINE = 96;

    private MemoryText() {}

    static String of(MemoryRecord record) {
        Checkpoint log = record.remembered().log();
        boolean areSeveral = !record.tokens().isEmpty();
        var text = new StringBuilder(areSeveral ? OF_SEVERAL_TOKENS : VERSION).append('\n');
        line(text, "store", record.store());
        line(text, "place", record.place());
        line(text, "sequence", record.sequence());
        line(text, "lease", record.lease().toMillis());
        line(text, "state", record.state().name());
        line(text, "stopped", record.stopped().map(StopReason::code).orElse(NONE));
        if (areSeveral) {
            line(text, "tokens", record.tokens().stream().map(TokenLabel::value).collect(joining(SEPARATOR)));
        }
        line(text, "log", log.origin().value());
        line(text, "size", log.size());
        line(text, "root", log.root().base64());
        text.ensureCapacity(text.length() + record.remembered().heads().size() * USUAL_LINE);
        record.remembered().heads().forEach((chain, head) -> line(text, chain, head));
        line(text, "sum", sum(text.toString()));
        return text.toString();
    }

    /** The record of this text; empty where it is no whole one, as an interrupted write leaves it. */
    static Optional<MemoryRecord> parse(String owner, String text) {
        try {
            return Optional.of(read(owner, text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static MemoryRecord read(String owner, String text) {
        int end = text.lastIndexOf("sum ");
        if (end < 0 || !text.substring(end).equals("sum " + sum(text.substring(0, end)) + "\n")) {
            throw new IllegalArgumentException("expected a record with its sum");
        }
        Deque<String> lines = new ArrayDeque<>(text.substring(0, end).lines().toList());
        String version = lines.poll();
        if (!VERSION.equals(version) && !OF_SEVERAL_TOKENS.equals(version)) {
            throw new IllegalArgumentException("expected " + VERSION + " or " + OF_SEVERAL_TOKENS);
        }
        String store = value(lines, "store");
        String place = value(lines, "place");
        long sequence = Long.parseLong(value(lines, "sequence"));
        Duration lease = Duration.ofMillis(Long.parseLong(value(lines, "lease")));
        State state = State.valueOf(value(lines, "state"));
        String stopped = value(lines, "stopped");
        List<TokenLabel> tokens = OF_SEVERAL_TOKENS.equals(version)
                ? Stream.of(value(lines, "tokens").split(SEPARATOR, -1))
                        .map(TokenLabel::new)
                        .toList()
                : List.of();
        var log = new Checkpoint(
                new Origin(value(lines, "log")),
                Long.parseLong(value(lines, "size")),
                TreeHash.ofBase64(value(lines, "root")));
        return new MemoryRecord(
                owner,
                store,
                place,
                sequence,
                lease,
                state,
                tokens,
                reason(stopped),
                new Remembered(log, heads(lines)));
    }

    private static Optional<StopReason> reason(String code) {
        return code.equals(NONE)
                ? Optional.empty()
                : Optional.of(StopReason.named(code)
                        .orElseThrow(() -> new IllegalArgumentException("expected a known reason")));
    }

    private static SortedMap<ChainName, RememberedHead> heads(Deque<String> lines) {
        var heads = new TreeMap<ChainName, RememberedHead>();
        while (!lines.isEmpty()) {
            String[] parts = value(lines, "chain").split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("expected a chain, its height and its hash");
            }
            heads.put(
                    new ChainName(parts[0]),
                    new RememberedHead(new Height(Long.parseLong(parts[1])), new BlockHash(parts[2])));
        }
        return heads;
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    /** Of a thousand chains this is the most of what writing a record costs us: no text is made in between. */
    private static void line(StringBuilder text, ChainName chain, RememberedHead head) {
        text.append("chain ")
                .append(chain.value())
                .append(' ')
                .append(head.height().value())
                .append(' ')
                .append(head.hash().hex())
                .append('\n');
    }

    private static String value(Deque<String> lines, String name) {
        String line = lines.poll();
        if (line == null || !line.startsWith(name + " ")) {
            throw new IllegalArgumentException("expected the line '" + name + "'");
        }
        return line.substring(name.length() + 1);
    }

    /** Against a write that was interrupted, not against an attacker with the PIN. */
    private static String sum(String text) {
        return TreeHash.ofLeaf(text.getBytes(StandardCharsets.UTF_8)).base64();
    }
}
