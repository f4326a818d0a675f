package org.sealkeeper.audit;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether the caller was allowed to do it, and by what.
 *
 * @param rule the name of the rule that gave the decision, such as {@code grants/node-a-signs}
 * @param policy the SHA-256, in lowercase hex, of the policy file that has the rule; empty for rules of our own
 * @param claims what that policy reads of the claims of the caller's token, as canonical JSON of at most {@value #MAX_CLAIMS}
 *     characters; empty without a token, and where they are longer
 */
public record Decision(boolean isAllowed, String rule, Optional<String> policy, Optional<String> claims) {
    /** Characters of claims a decision can have. */
    public static final int MAX_CLAIMS = 1_024;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}");

    public Decision {
        if (!RULE.matcher(rule).matches()) {
            throw new IllegalArgumentException(
                    "expected a rule's name of 1 to 128 characters A-Z, a-z, 0-9, '.', '_', ':', '/', '#', '-'");
        }
        if (policy.isPresent() && !DIGEST.matcher(policy.get()).matches()) {
            throw new IllegalArgumentException("expected a policy's digest of 64 lowercase hexadecimal digits");
        }
        if (claims.isPresent() && claims.get().length() > MAX_CLAIMS) {
            throw new IllegalArgumentException("expected at most " + MAX_CLAIMS + " characters of claims");
        }
    }

    /** A decision about a caller without a token. */
    public Decision(boolean isAllowed, String rule, Optional<String> policy) {
        this(isAllowed, rule, policy, Optional.empty());
    }

    public static Decision allowed(String rule) {
        return new Decision(true, rule, Optional.empty());
    }

    public static Decision denied(String rule) {
        return new Decision(false, rule, Optional.empty());
    }

    /** The same without what a token says. */
    Decision withoutClaims() {
        return new Decision(isAllowed, rule, policy);
    }

    String text() {
        return isAllowed ? "allowed" : "denied";
    }
}
