package org.sealkeeper.keys.provisioning;

import org.sealkeeper.keys.CataloguedKey;

/** What was done about one declared key. */
public record ProvisionedKey(CataloguedKey key, Outcome outcome) {

    /** What {@code keys apply} did. */
    public enum Outcome {
        /** It was missing, and was made. */
        CREATED("created"),
        /** An earlier run was interrupted in making it; its leftovers were destroyed, and it was made. */
        FINISHED("finished"),
        /** It was there, and passed its self-test. */
        UNCHANGED("unchanged");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** How commands call it. */
        public String text() {
            return text;
        }
    }
}
