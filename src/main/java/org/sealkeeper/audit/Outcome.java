package org.sealkeeper.audit;

import java.util.Optional;
import java.util.stream.Stream;

/** What became of an operation. */
public enum Outcome {
    /** It is allowed and about to be done. Its end has a leaf of its own; if there is none, we crashed or the token failed. */
    BEGUN("begun"),
    DONE("done"),
    /** It had been done before, and its earlier result was given again. */
    REPLAYED("replayed"),
    /** It was not done: the reason says why. */
    REFUSED("refused"),
    /** It was allowed, but the token or the store did not do its work. */
    FAILED("failed");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The outcome of this name; empty where there is none. */
    public static Optional<Outcome> named(String text) {
        return Stream.of(values()).filter(outcome -> outcome.text.equals(text)).findFirst();
    }

    /** Its name in leaves. */
    public String text() {
        return text;
    }

    boolean needsReason() {
        return this == REFUSED || this == FAILED;
    }
}
