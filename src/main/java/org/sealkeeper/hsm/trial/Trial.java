package org.sealkeeper.hsm.trial;

/**
 * One thing that Sealkeeper needs of a token, and what became of trying it.
 *
 * @param found what the token did, or why it was not tried
 */
public record Trial(String promise, Verdict verdict, String found) {

    /** What it comes to. */
    public enum Verdict {
        /** The token does it. */
        KEPT("kept"),
        /** It does not: it must not be used for this. */
        BROKEN("BROKEN"),
        /** The profile does not ask for it, or it takes more than the user PIN. */
        NOT_TRIED("not tried"),
        /** It gave an answer that it gives where it is out of order, too: whether it keeps the promise is not known. */
        UNKNOWN("UNKNOWN");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** How commands call it. */
        public String text() {
            return text;
        }
    }
}
