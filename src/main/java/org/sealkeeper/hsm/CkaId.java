package org.sealkeeper.hsm;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The CKA_ID that the private key, the public key and the certificate of one key share, and no other object has.
 *
 * @param hex 16 random bytes in lowercase hexadecimal
 */
public record CkaId(String hex) {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    public CkaId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected a CKA_ID of " + BYTES + " bytes of lowercase hexadecimal");
        }
    }

    /** A new one, which no other key will ever have. */
    public static CkaId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new CkaId(HexFormat.of().formatHex(bytes));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
