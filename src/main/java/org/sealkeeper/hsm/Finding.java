package org.sealkeeper.hsm;

import java.util.Optional;

/**
 * One way in which a token is not what the store says.
 *
 * @param object what differs, is missing, or should not be there
 * @param deviation how it differs, where it {@link Kind#DIFFERS}
 */
public record Finding(Kind kind, String object, Optional<Deviation> deviation) {

    /** In which way. */
    public enum Kind {
        /** An attribute is not as declared. */
        DIFFERS("differs"),
        /** All objects of something that the store knows are not there. */
        MISSING("missing"),
        /** One of them is not there, while others are. */
        UNPAIRED("unpaired"),
        /** There are several where there is to be one. */
        SURPLUS("surplus"),
        /** An interrupted run left it. */
        ORPHAN("orphan"),
        /** It belongs to nothing that the store knows. */
        UNKNOWN("unknown");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** How commands call it. */
        public String text() {
            return text;
        }
    }

    static Finding of(Kind kind, String object) {
        return new Finding(kind, object, Optional.empty());
    }

    static Finding differs(String object, Deviation deviation) {
        return new Finding(Kind.DIFFERS, object, Optional.of(deviation));
    }
}
