package org.sealkeeper.audit;

/** What a leaf is worth that is where it belongs in a log. */
public sealed interface LeafJudgement {

    /** It is of a kind known here, and fits the earlier leaves it names. */
    record Fits() implements LeafJudgement {}

    /**
     * It may be right, but this program cannot tell: a newer one may have written it.
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
