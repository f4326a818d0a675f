package org.sealkeeper.kernel;

import java.util.Optional;

/** The signature algorithms Sealkeeper offers, under their JOSE names (RFC 7518 section 3.1, RFC 8037). */
public enum SigningAlgorithm {
    /** ECDSA on P-256 with SHA-256; signatures are r||s, 64 bytes. */
    ES256("ES256"),
    /** ECDSA on P-384 with SHA-384; signatures are r||s, 96 bytes. */
    ES384("ES384"),
    /** RSASSA-PSS, 3072 bits, SHA-256, MGF1 with SHA-256, salt of 32 bytes; signatures are 384 bytes. */
    PS256("PS256"),
    /** Ed25519 (RFC 8032); signatures are 64 bytes. */
    EDDSA("EdDSA");

    private final String joseName;

    SigningAlgorithm(String joseName) {
        this.joseName = joseName;
    }

    /** The {@code alg} of a JWS made with this algorithm. */
    public String joseName() {
        return joseName;
    }

    /** The algorithm of this exact JOSE name; empty for every other, {@code none} included. */
    public static Optional<SigningAlgorithm> named(String joseName) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.joseName.equals(joseName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
