package org.sealkeeper.envelope.emergency;

import java.util.Optional;
import java.util.stream.Stream;

/** What the one who reviewed an emergency found. */
public enum ReviewVerdict {
    JUSTIFIED("justified"),
    NOT_JUSTIFIED("not-justified");

    private final String text;

    ReviewVerdict(String text) {
        this.text = text;
    }

    /** The verdict of this name; empty where there is none. */
    public static Optional<ReviewVerdict> named(String text) {
        return Stream.of(values()).filter(verdict -> verdict.text.equals(text)).findFirst();
    }

    /** Its name in leaves and in the store. */
    public String text() {
        return text;
    }
}
