package org.sealkeeper.policy;

/**
 * A name, or all names with a prefix.
 *
 * @param text the exact name, or the prefix without its final {@code *}
 */
record NamePattern(String text, boolean isPrefix) {

    /**
     * Reads {@code name} or {@code prefix*}.
     *
     * @throws IllegalArgumentException if it is empty or has a {@code *} before its end
     */
    static NamePattern parse(String text) {
        boolean isPrefix = text.endsWith("*");
        String name = isPrefix ? text.substring(0, text.length() - 1) : text;
        if (text.isEmpty() || name.contains("*")) {
            throw new IllegalArgumentException("expected a name, or a prefix that ends in its only '*'");
        }
        return new NamePattern(name, isPrefix);
    }

    boolean matches(String name) {
        return isPrefix ? name.startsWith(text) : name.equals(text);
    }

    /** Whether some name matches both. */
    boolean overlaps(NamePattern other) {
        if (isPrefix && other.isPrefix) {
            return text.startsWith(other.text) || other.text.startsWith(text);
        }
        return isPrefix ? matches(other.text) : other.matches(text);
    }

    @Override
    public String toString() {
        return isPrefix ? text + "*" : text;
    }
}
