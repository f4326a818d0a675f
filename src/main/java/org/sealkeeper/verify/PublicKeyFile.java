package org.sealkeeper.verify;

import java.nio.charset.StandardCharsets;

/**
 * A file of public keys as an auditor holds it: a JWK Set (RFC 7517), PEM public keys and certificates (RFC 7468), or one of them in
 * DER.
 *
 * <p>A file that is named is trusted, with all keys in it: of a certificate only the key counts, neither its issuer nor its dates.
 */
public final class PublicKeyFile {
    /** The largest file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private PublicKeyFile() {}

    /**
     * The keys of a file, at least one that is understood; a byte-order mark is none of its content.
     *
     * @throws IllegalArgumentException if the file is too large, of no known form, holds no key, or a private or symmetric one; and,
     *     of PEM and DER, anything that is not a public signing key of an offered algorithm
     */
    public static PublicKeySet parse(byte[] file) {
        return parse(file, false);
    }

    /** As above; {@code isAnyKid} says whether a {@code kid} of a JWK Set may be another than the thumbprint of its key. */
    public static PublicKeySet parse(byte[] file, boolean isAnyKid) {
        if (file.length == 0 || file.length > MAX_BYTES) {
            throw new IllegalArgumentException("expected 1 to " + MAX_BYTES + " bytes of public keys");
        }
        PublicKeySet set = isJson(file)
                ? JwkSetText.parse(StrictUtf8.decode(file).replaceFirst("^" + BYTE_ORDER_MARK, ""), isAnyKid)
                : PublicKeySet.of(KeyBlocks.parse(file).publicKeys().stream()
                        .map(SpkiKey::of)
                        .toList());
        if (set.keys().isEmpty()) {
            throw new IllegalArgumentException("expected a JWK Set, PEM public keys or certificates, found no key"
                    + (set.ignored().isEmpty() ? "" : " that is understood: " + set.complaints()));
        }
        return set;
    }

    private static boolean isJson(byte[] file) {
        return new String(file, StandardCharsets.UTF_8)
                .replaceFirst("^" + BYTE_ORDER_MARK, "")
                .stripLeading()
                .startsWith("{");
    }
}
