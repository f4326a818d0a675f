package org.sealkeeper.kernel;

/**
 * The position of a block on its chain.
 *
 * @param value 0 (genesis) to 2^53-1, the largest integer every JSON reader keeps exact (RFC 8259 section 6)
 */
public record Height(long value) implements Comparable<Height> {
    public static final long MAX = (1L << 53) - 1;

    public Height {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("expected a height from 0 to " + MAX + ", found " + value);
        }
    }

    /** The height directly above. */
    public Height next() {
        return new Height(value + 1);
    }

    /** The height directly below; there is none below 0. */
    public Height previous() {
        return new Height(value - 1);
    }

    /** Whether this is the height directly above {@code lower}. */
    public boolean follows(Height lower) {
        return value - 1 == lower.value;
    }

    @Override
    public int compareTo(Height other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
