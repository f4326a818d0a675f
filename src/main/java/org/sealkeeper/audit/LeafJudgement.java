package org.sealkeeper.audit;

/** The verdict on a leaf at its place in a log. */
public sealed interface LeafJudgement {

    /** It is of a kind known here, and fits the earlier leaves it names. */
    record Fits() implements LeafJudgement {}

    /**
     * It may be right, but this program does not know: a newer one may have written it.
     *
     * @param what names what is not known here
     */
    record Unknown(String what) implements LeafJudgement {}

    /**
     * It contradicts an earlier leaf.
     *
     * @param reason what was expected and what was found
     */
    record Contradiction(String reason) implements LeafJudgement {}
}
