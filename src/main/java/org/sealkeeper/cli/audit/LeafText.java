package org.sealkeeper.cli.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;

/** A leaf for people. A name that another party chose cannot move the cursor of a terminal. */
public final class LeafText {
    private LeafText() {}

    /** One member a line. */
    static List<String> members(RecordedLeaf leaf) {
        return leaf.members().entrySet().stream()
                .map(member ->
                        member.getKey() + ": " + printable(member.getValue().toString()))
                .toList();
    }

    /** The whole in a line: when, what, how it ended and why, by which caller, and to what. */
    static String line(long index, RecordedLeaf leaf) {
        return index + "  " + line(leaf);
    }

    /** As above, without an index. */
    public static String line(RecordedLeaf leaf) {
        var line = new StringBuilder();
        append(line, leaf, "", LeafField.TIME);
        append(line, leaf, "  ", LeafField.OPERATION);
        append(line, leaf, " ", LeafField.OUTCOME);
        append(line, leaf, ": ", LeafField.REASON);
        leaf.text(LeafField.CALLER)
                .or(() -> leaf.text(LeafField.SUBJECT))
                .or(() -> leaf.text(LeafField.AUTHENTICATION))
                .ifPresent(caller -> line.append("  by ").append(printable(caller)));
        if (leaf.text(LeafField.CALLER).isPresent()) {
            append(line, leaf, " with the token of ", LeafField.SUBJECT);
        }
        append(line, leaf, "  chain ", LeafField.CHAIN);
        append(line, leaf, " height ", LeafField.HEIGHT);
        append(line, leaf, "  log ", LeafField.LOG);
        append(line, leaf, "  key ", LeafField.KEY);
        append(line, leaf, "  recipient ", LeafField.RECIPIENT);
        append(line, leaf, "  counted ", LeafField.COUNT);
        return line.toString();
    }

    /** A line of NDJSON; the leaf in its exact bytes. */
    static String json(long index, byte[] entry) {
        return "{\"index\":" + index + ",\"leaf\":" + new String(entry, StandardCharsets.UTF_8) + "}";
    }

    private static void append(StringBuilder line, RecordedLeaf leaf, String before, LeafField field) {
        leaf.value(field).ifPresent(value -> line.append(before).append(printable(value.toString())));
    }

    private static String printable(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(character -> printable.appendCodePoint(isPrintable(character) ? character : '?'));
        return printable.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
