package org.sealkeeper.mirror;

/** The verdict on a log. */
public sealed interface LogVerdict {

    /** All that can be checked holds. */
    record Valid(LogReport report) implements LogVerdict {}

    /**
     * Nothing was altered, but some leaves are of a kind that this program does not know: a newer one must judge what they say.
     *
     * @param report what holds: signatures, hashes, and what the other leaves say
     */
    record Unknown(LogReport report, UnknownLeaves leaves) implements LogVerdict {}

    /**
     * The first thing that is wrong.
     *
     * @param where as {@link InvalidLog#where()}
     * @param leaves how many were found right before it
     */
    record Invalid(String where, String reason, long leaves) implements LogVerdict {}
}
