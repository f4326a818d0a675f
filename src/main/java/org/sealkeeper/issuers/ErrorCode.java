package org.sealkeeper.issuers;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an issuer says in a word of its own about why it did not do something (RFC 6749 sections 4.1.2.1 and 5.2). */
public final class ErrorCode {
    private static final Pattern FORM = Pattern.compile("[a-z_]{1,40}");

    private ErrorCode() {}

    /** The word, where it is one such as {@code access_denied}; never a longer text, which others could write. */
    public static String of(@Nullable String error) {
        return error != null && FORM.matcher(error).matches() ? "'" + error + "'" : "without a name";
    }
}
