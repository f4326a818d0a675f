package org.sealkeeper.kernel;

import java.util.regex.Pattern;

/**
 * The {@code kid} of one version of one key: the RFC 7638 SHA-256 thumbprint of its public key.
 *
 * @param value 43 characters of base64url without padding
 */
public record KeyId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public KeyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("expected a key id of 43 characters of base64url (RFC 7638 thumbprint)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
