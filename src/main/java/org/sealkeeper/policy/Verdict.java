package org.sealkeeper.policy;

/**
 * A policy's answer.
 *
 * @param rule what gave it: {@code grants/<name>}, {@code denials/<name>} or {@code default-deny}
 */
public record Verdict(boolean isAllowed, String rule) {
    /** The rule where none matched. */
    public static final String DEFAULT_DENY = "default-deny";
}
