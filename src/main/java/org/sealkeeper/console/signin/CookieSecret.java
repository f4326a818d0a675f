package org.sealkeeper.console.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.sealkeeper.encoding.Base64Url;

/** What a browser alone knows: 256 random bits in a cookie. Here only its SHA-256 is kept. */
record CookieSecret(String text) {
    private static final int RANDOM_BYTES = 32;

    static CookieSecret fresh(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new CookieSecret(Base64Url.encode(bytes));
    }

    /** Its SHA-256, in lowercase hex. */
    String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The header that has the browser keep it: for this host alone, out of reach of scripts, and of requests that other sites make. */
    String cookie(String name) {
        return name + "=" + text + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    }

    /** The header that has the browser forget it. */
    static String forgotten(String name) {
        return name + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
    }

    @Override
    public String toString() {
        return "CookieSecret[…]";
    }
}
