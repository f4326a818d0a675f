package org.sealkeeper.mirror;

/** What a log is worth. */
public sealed interface LogVerdict {

    /** All that can be checked holds. */
    record Valid(LogReport report) implements LogVerdict {}

    /**
     * The first thing that is wrong.
     *
     * @param where as {@link InvalidLog#where()}
     * @param leaves how many were found right before it
     */
    record Invalid(String where, String reason, long leaves) implements LogVerdict {}
}
