package org.sealkeeper.audit;

import java.util.Locale;
import java.util.regex.Pattern;
import org.sealkeeper.kernel.FaultKind;

/**
 * Why something was refused or failed: the name of the problem the caller was answered with.
 *
 * @param code up to 40 of {@code a-z}, {@code 0-9} and {@code -}: a word of ours, never a text of a caller
 */
public record Reason(String code) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 40;

    public Reason {
        if (code.length() > MAX_LENGTH || !FORM.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "expected a reason of at most " + MAX_LENGTH + " characters a-z, 0-9 and '-'");
        }
    }

    /** Named like the problem the fault is answered with. */
    public static Reason of(FaultKind kind) {
        return new Reason(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
