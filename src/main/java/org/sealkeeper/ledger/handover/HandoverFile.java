package org.sealkeeper.ledger.handover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.verify.StrictUtf8;

/**
 * The file by which chains are handed over (docs/formats/guard-export.md): the leaves that closed them, each with its proof, and the
 * checkpoint that they are proven to.
 *
 * @param checkpoint a note whose text is a checkpoint; its signatures are to be judged by those who read the file
 */
public record HandoverFile(List<Entry> entries, Note checkpoint) {
    /** Room for a checkpoint, and for a thousand chains. */
    public static final int MAX_BYTES = 4 << 20;

    private static final String HEADER = "sealkeeper-guard/1";
    private static final String LEAF = "leaf ";
    private static final String INDEX = "index ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    /**
     * A leaf of the log.
     *
     * @param leaf canonical JSON
     * @param hashes from the leaf up
     */
    public record Entry(String leaf, long index, List<TreeHash> hashes) {
        public Entry {
            hashes = List.copyOf(hashes);
        }
    }

    public HandoverFile {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("expected a leaf");
        }
    }

    /** The file of these leaves, all of which the log has. */
    static HandoverFile of(PublishedLog log, List<Long> leaves) {
        List<Entry> entries = new ArrayList<>();
        for (long index : leaves) {
            String leaf = new String(log.entries(index, index + 1).getFirst(), UTF_8);
            entries.add(new Entry(leaf, index, log.proof(index).orElseThrow().hashes()));
        }
        return new HandoverFile(entries, log.note());
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException for anything that is not exactly one
     */
    public static HandoverFile parse(byte[] bytes) {
        String text = StrictUtf8.decode(bytes);
        int gap = text.indexOf("\n\n");
        if (!text.startsWith(HEADER + "\n") || gap < 0) {
            throw new IllegalArgumentException("expected a file that starts with " + HEADER);
        }
        Deque<String> lines = new ArrayDeque<>(List.of(text.substring(0, gap).split("\n", -1)));
        lines.removeFirst();
        List<Entry> entries = new ArrayList<>();
        while (!lines.isEmpty()) {
            entries.add(entry(lines));
        }
        var file = new HandoverFile(entries, Note.parse(text.substring(gap + 2).getBytes(UTF_8)));
        Checkpoint _ = file.log();
        if (!file.toString().equals(text)) {
            throw new IllegalArgumentException("expected a file in its one form, found another");
        }
        return file;
    }

    private static Entry entry(Deque<String> lines) {
        String leaf = value(lines, LEAF);
        String index = value(lines, INDEX);
        if (!NUMBER.matcher(index).matches()) {
            throw new IllegalArgumentException("expected a decimal number in the line 'index'");
        }
        List<TreeHash> hashes = new ArrayList<>();
        while (!lines.isEmpty() && !lines.getFirst().startsWith(LEAF)) {
            hashes.add(TreeHash.ofBase64(lines.removeFirst()));
        }
        return new Entry(leaf, Long.parseLong(index), hashes);
    }

    private static String value(Deque<String> lines, String name) {
        String line = lines.poll();
        if (line == null || !line.startsWith(name)) {
            throw new IllegalArgumentException("expected a line '" + name.strip() + "'");
        }
        return line.substring(name.length());
    }

    /** The log that closed the chains, at the size of the checkpoint. */
    public Checkpoint log() {
        return Checkpoint.parse(checkpoint.text());
    }

    /**
     * What is said of the chains, in the order of the file. To be believed where the checkpoint is.
     *
     * @throws IllegalArgumentException if a leaf is not in the log, or closes no chain, or one that another closed
     */
    public List<HandoverStatement> statements() {
        List<HandoverStatement> statements = new ArrayList<>();
        Set<ChainName> chains = new HashSet<>();
        for (Entry entry : entries) {
            if (!new TlogProof(entry.index, entry.hashes, checkpoint).proves(entry.leaf.getBytes(UTF_8))) {
                throw new IllegalArgumentException("expected the proof that leaf " + entry.index
                        + " is in the log, found one that proves nothing");
            }
            HandoverStatement statement = HandoverStatement.parse(entry.leaf, Operation.CLOSE_CHAIN);
            if (!chains.add(statement.chain())) {
                throw new IllegalArgumentException("expected each chain once, found " + statement.chain() + " twice");
            }
            statements.add(statement);
        }
        return statements;
    }

    /** The whole file. */
    @Override
    public String toString() {
        var text = new StringBuilder(HEADER).append('\n');
        for (Entry entry : entries) {
            text.append(LEAF).append(entry.leaf).append('\n');
            text.append(INDEX).append(entry.index).append('\n');
            entry.hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        }
        return text.append('\n').append(checkpoint).toString();
    }
}
