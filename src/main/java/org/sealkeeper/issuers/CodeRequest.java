package org.sealkeeper.issuers;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import org.sealkeeper.encoding.Base64Url;

/**
 * What is known of one sign-in until it ends. Each of the three texts is 256 random bits, base64url without padding.
 *
 * @param state binds the answer to the browser that asked (RFC 6749 section 10.12)
 * @param nonce binds the ID token to it (OpenID Connect Core section 3.1.2.1)
 * @param verifier binds the code to this appliance (RFC 7636 section 4.1)
 * @param redirect where the issuer sends the browser back to
 */
public record CodeRequest(String state, String nonce, String verifier, URI redirect) {
    private static final int RANDOM_BYTES = 32;

    /** A new one. */
    public static CodeRequest fresh(URI redirect, RandomGenerator random) {
        return new CodeRequest(text(random), text(random), text(random), redirect);
    }

    private static String text(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    /** What the issuer may know of the verifier before it is told (RFC 7636 section 4.2). */
    String challenge() {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
