package org.sealkeeper.verify;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * An ECDSA signature as its two numbers. High s is accepted: JOSE does not forbid it, and what Sealkeeper promises is one
 * statement per height, not one signature per statement.
 *
 * @param algorithm {@code ES256} or {@code ES384}
 * @param r from 1 to n-1, n being the order of the algorithm's curve (SEC 1 section 4.1.4)
 * @param s from 1 to n-1
 */
public record EcdsaSignature(SigningAlgorithm algorithm, BigInteger r, BigInteger s) {
    /** FIPS 186-4 D.1.2.3. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    /** FIPS 186-4 D.1.2.4. */
    private static final BigInteger P384_ORDER = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);

    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 0x02;
    /** Two tags, two lengths and two numbers of one byte. */
    private static final int SHORTEST_DER = 8;

    public EcdsaSignature {
        if (!isInRange(algorithm, r) || !isInRange(algorithm, s)) {
            throw new IllegalArgumentException("expected r and s from 1 to n-1 for " + algorithm.joseName());
        }
    }

    /** The signature in r||s form (IEEE P1363, RFC 7518 section 3.4); empty for any other length or range. */
    public static Optional<EcdsaSignature> ofP1363(SigningAlgorithm algorithm, byte[] signature) {
        int half = bytesOf(order(algorithm));
        if (signature.length != 2 * half) {
            return Optional.empty();
        }
        return of(algorithm, new BigInteger(1, signature, 0, half), new BigInteger(1, signature, half, half));
    }

    /**
     * The signature in DER form (RFC 3279 section 2.2.3); empty for anything that is not its only DER encoding, such as
     * BER lengths, superfluous zeros, negative numbers or trailing bytes.
     */
    public static Optional<EcdsaSignature> ofDer(SigningAlgorithm algorithm, byte[] signature) {
        int longest = SHORTEST_DER + 2 * bytesOf(order(algorithm));
        if (signature.length < SHORTEST_DER || signature.length > longest) {
            return Optional.empty();
        }
        int rLength = signature[3];
        int sAt = 4 + rLength + 2;
        if (rLength < 1 || sAt >= signature.length) {
            return Optional.empty();
        }
        var r = new BigInteger(signature, 4, rLength);
        var s = new BigInteger(signature, sAt, signature.length - sAt);
        return of(algorithm, r, s).filter(found -> Arrays.equals(found.der(), signature));
    }

    /** The r||s form. */
    public byte[] p1363() {
        int half = bytesOf(order(algorithm));
        byte[] signature = new byte[2 * half];
        putRightAligned(r, signature, half);
        putRightAligned(s, signature, 2 * half);
        return signature;
    }

    /** The DER form; on these curves every length fits one byte. */
    public byte[] der() {
        byte[] rBytes = r.toByteArray();
        byte[] sBytes = s.toByteArray();
        int content = 2 + rBytes.length + 2 + sBytes.length;
        return ByteBuffer.allocate(2 + content)
                .put(SEQUENCE)
                .put((byte) content)
                .put(INTEGER)
                .put((byte) rBytes.length)
                .put(rBytes)
                .put(INTEGER)
                .put((byte) sBytes.length)
                .put(sBytes)
                .array();
    }

    private static Optional<EcdsaSignature> of(SigningAlgorithm algorithm, BigInteger r, BigInteger s) {
        return isInRange(algorithm, r) && isInRange(algorithm, s)
                ? Optional.of(new EcdsaSignature(algorithm, r, s))
                : Optional.empty();
    }

    private static boolean isInRange(SigningAlgorithm algorithm, BigInteger number) {
        return number.signum() > 0 && number.compareTo(order(algorithm)) < 0;
    }

    private static BigInteger order(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> P256_ORDER;
            case ES384 -> P384_ORDER;
            case PS256, EDDSA -> throw new IllegalArgumentException(algorithm.joseName() + " is not ECDSA");
        };
    }

    private static int bytesOf(BigInteger order) {
        return order.bitLength() / Byte.SIZE;
    }

    private static void putRightAligned(BigInteger number, byte[] target, int end) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        System.arraycopy(bytes, sign, target, end - bytes.length + sign, bytes.length - sign);
    }
}
