package org.sealkeeper.envelope;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the audit log calls a wrapped key: it cannot be guessed, and is computed from the wrapped key alone. */
public final class DataKeyId {
    private DataKeyId() {}

    /** SHA-256, in lowercase hex, of what docs/formats/wrapped-key.md says; of the text, where it is no wrapped key. */
    public static String of(String wrapped) {
        return of(WrappedKeyText.parse(wrapped)
                .map(WrappedKeyText::named)
                .orElseGet(() -> wrapped.getBytes(StandardCharsets.UTF_8)));
    }

    private static String of(byte[] named) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(named);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
