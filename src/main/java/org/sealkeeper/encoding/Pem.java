package org.sealkeeper.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM text (RFC 7468 section 3). */
public final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /** One block with this label, such as {@code CERTIFICATE}. */
    public static String of(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
