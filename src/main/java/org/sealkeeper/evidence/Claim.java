package org.sealkeeper.evidence;

/**
 * One thing that a bundle claims, and what became of judging it.
 *
 * @param name stable, for scripts
 * @param why from what it follows, or what contradicts it
 */
public record Claim(String name, Verdict verdict, String why) {

    /** What it comes to. */
    public enum Verdict {
        /** It follows from what is trusted. */
        TRUE,
        /** Something contradicts it. */
        FALSE,
        /** It cannot be judged with what was given. */
        UNKNOWN
    }

    static Claim holds(String name, String why) {
        return new Claim(name, Verdict.TRUE, why);
    }

    static Claim fails(String name, String why) {
        return new Claim(name, Verdict.FALSE, why);
    }

    static Claim unknown(String name, String why) {
        return new Claim(name, Verdict.UNKNOWN, why);
    }
}
