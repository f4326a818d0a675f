package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * Names one request in its answer, in its problem, in the log and in the audit log.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 */
public record RequestId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public RequestId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "expected a request id of 1 to 64 characters A-Z, a-z, 0-9, '.', '_', '-'");
        }
    }

    /** Whether the text could be a request id. */
    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
