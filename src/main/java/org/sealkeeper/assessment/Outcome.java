package org.sealkeeper.assessment;

/** What came out of looking at one thing. */
public sealed interface Outcome {

    /**
     * It is not as it should be.
     *
     * @param remedy what to do, with the command where there is one
     */
    record Weak(Severity severity, String expected, String found, String remedy) implements Outcome {}

    /** It is as it should be. */
    record Right(String found) implements Outcome {}

    /** It should have been looked at and could not be: it may hide anything, so it counts as a {@link Severity#HIGH} weakness. */
    record Unchecked(String why) implements Outcome {}

    /**
     * Nothing on this machine shows it, however one looks.
     *
     * @param ask who can see it, and how
     */
    record OutOfSight(String why, String ask) implements Outcome {}
}
