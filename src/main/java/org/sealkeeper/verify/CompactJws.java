package org.sealkeeper.verify;

import java.nio.charset.StandardCharsets;
import org.sealkeeper.encoding.Base64Url;

/**
 * A JWS in compact form (RFC 7515 section 7.1), read so strictly that no two texts are the same signature written
 * differently.
 *
 * <p>A signer makes one of {@link #signingInput} and {@link #assemble}; a verifier reads it with {@link #parse}.
 */
public final class CompactJws {
    /** Four times the longest one Sealkeeper makes (PS256), and nothing to exhaust memory with. */
    private static final int MAX_LENGTH = 8_192;

    private final JwsHeader header;
    private final byte[] signingInput;
    private final byte[] payload;
    private final byte[] signature;

    private CompactJws(JwsHeader header, byte[] signingInput, byte[] payload, byte[] signature) {
        this.header = header;
        this.signingInput = signingInput;
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * Reads the three parts, without judging the signature.
     *
     * @throws IllegalArgumentException for anything but three parts of canonical base64url whose first is a header of
     *     exactly {@code alg}, {@code kid} and {@code typ}
     */
    public static CompactJws parse(String compact) {
        if (compact.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("expected a JWS of at most " + MAX_LENGTH + " characters");
        }
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("expected a JWS of 3 parts, found " + parts.length);
        }
        byte[] signingInput = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return new CompactJws(
                JwsHeader.parse(Base64Url.decode(parts[0])),
                signingInput,
                Base64Url.decode(parts[1]),
                Base64Url.decode(parts[2]));
    }

    /** The bytes a key signs for this header and payload. */
    public static byte[] signingInput(JwsHeader header, byte[] payload) {
        return (Base64Url.encode(header.json()) + "." + Base64Url.encode(payload)).getBytes(StandardCharsets.US_ASCII);
    }

    /** The JWS of a signing input and its signature in JWS form (RFC 7518 section 3.4). */
    public static String assemble(byte[] signingInput, byte[] signature) {
        return new String(signingInput, StandardCharsets.US_ASCII) + "." + Base64Url.encode(signature);
    }

    public JwsHeader header() {
        return header;
    }

    public byte[] payload() {
        return payload.clone();
    }

    /**
     * Whether this key made it. The key decides the algorithm; a header that names another key or algorithm is false, so a
     * header can never choose how it is judged.
     */
    public boolean isSignedBy(VerificationKey key) {
        return header.keyId().equals(key.keyId())
                && header.algorithm() == key.algorithm()
                && key.verifies(signingInput, signature);
    }
}
