package org.sealkeeper.audit;

import java.util.regex.Pattern;

/**
 * Whether the caller was allowed to do it, and by what.
 *
 * @param rule the name of the rule that gave the decision, such as {@code chains/lab-a/signers}
 */
public record Decision(boolean isAllowed, String rule) {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}");

    public Decision {
        if (!RULE.matcher(rule).matches()) {
            throw new IllegalArgumentException(
                    "expected a rule's name of 1 to 128 characters A-Z, a-z, 0-9, '.', '_', ':', '/', '#', '-'");
        }
    }

    public static Decision allowed(String rule) {
        return new Decision(true, rule);
    }

    public static Decision denied(String rule) {
        return new Decision(false, rule);
    }

    String text() {
        return isAllowed ? "allowed" : "denied";
    }
}
