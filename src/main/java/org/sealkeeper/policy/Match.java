package org.sealkeeper.policy;

/** Whether a rule that names the operation is about a request, and if not, why not: the first reason in this order. */
public enum Match {
    MATCHES("matches"),
    OTHER_CHAIN("does not name the chain"),
    OTHER_KEY("does not name the key"),
    OTHER_ROLE("the caller has none of its roles"),
    NO_PURPOSE("needs a purpose, and the request states none"),
    OTHER_PURPOSE("its purposes do not cover the one of the request"),
    NO_MFA("needs multi-factor authentication, and the token shows none"),
    CONDITION_FALSE("its condition is false"),
    CONDITION_FAILED("its condition could not be evaluated");

    private final String text;

    Match(String text) {
        this.text = text;
    }

    /** In words, with the rule as the subject of the sentence. */
    public String text() {
        return text;
    }
}
