package org.sealkeeper.verify;

import java.util.Optional;
import org.sealkeeper.kernel.SigningAlgorithm;

/** How the bytes of a signature are written. */
public enum SignatureEncoding {
    /** The JWS form: r||s for ECDSA; for the other algorithms the signature as it is. */
    P1363 {
        @Override
        public Optional<byte[]> toJws(SigningAlgorithm algorithm, byte[] signature) {
            return Optional.of(signature);
        }
    },
    /** The X.509 and openssl form of ECDSA: a DER sequence of r and s. */
    DER {
        @Override
        public Optional<byte[]> toJws(SigningAlgorithm algorithm, byte[] signature) {
            return EcdsaSignature.ofDer(algorithm, signature).map(EcdsaSignature::p1363);
        }
    };

    /**
     * The signature in JWS form, as {@link VerificationKey#verifies} takes it; empty where it is not in this encoding.
     *
     * @throws IllegalArgumentException if the algorithm has no such encoding (DER of anything but ECDSA)
     */
    public abstract Optional<byte[]> toJws(SigningAlgorithm algorithm, byte[] signature);
}
