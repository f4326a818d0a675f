package org.sealkeeper.assessment;

import java.util.Locale;

/** How much a weakness matters, the gravest first. */
public enum Severity {
    /** Protection is broken, or breaks within days. */
    HIGH,
    /** Protection is less than it should be. */
    MEDIUM,
    /** Nothing is broken; it is to be tidied up, or decided. */
    LOW;

    /** Its name in reports and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it matters at least as much as another. */
    boolean reaches(Severity other) {
        return compareTo(other) <= 0;
    }
}
