package org.sealkeeper.merkle;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log commits itself to by signing (C2SP tlog-checkpoint): these are its leaves, so many, and no others.
 *
 * @param size how many leaves
 * @param root of the tree over them
 * @param extensions further lines, which Sealkeeper never writes
 */
public record Checkpoint(Origin origin, long size, TreeHash root, List<String> extensions) {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final int FIXED_LINES = 3;

    public Checkpoint {
        if (size < 0) {
            throw new IllegalArgumentException("expected a size of 0 or more, found " + size);
        }
        extensions = List.copyOf(extensions);
        if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
            throw new IllegalArgumentException("expected extension lines that are not empty");
        }
    }

    public Checkpoint(Origin origin, long size, TreeHash root) {
        this(origin, size, root, List.of());
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IllegalArgumentException for a text that is not exactly one
     */
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("expected a checkpoint that ends with a line feed");
        }
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < FIXED_LINES) {
            throw new IllegalArgumentException("expected the lines origin, size and root, found " + lines.size());
        }
        return new Checkpoint(
                new Origin(lines.get(0)),
                decimal(lines.get(1)),
                TreeHash.ofBase64(lines.get(2)),
                lines.subList(FIXED_LINES, lines.size()));
    }

    /** The text that is signed. */
    public String text() {
        var text = new StringBuilder()
                .append(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(root.base64())
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** A number from 0 to 2^63 - 1 in its one spelling. */
    static long decimal(String text) {
        if (!DECIMAL.matcher(text).matches() || new BigInteger(text).bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException("expected a decimal number below 2^63 without leading zeros");
        }
        return Long.parseLong(text);
    }
}
