package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKG_MGF1_SHA256;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EDDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_RSA_PKCS_PSS;

import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM;
import iaik.pkcs.pkcs11.wrapper.CK_RSA_PKCS_PSS_PARAMS;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * How a token makes the signatures of one algorithm. Each session has its own: the native layer reads the mechanism during
 * the call, and the digest has a state.
 *
 * <p>ECDSA is asked for raw, over a digest made here: every token has that, and SoftHSM 2.6 nothing else.
 */
final class SigningMechanism {
    private static final int PS256_SALT_BYTES = 32;

    private final CK_MECHANISM mechanism;
    private final @Nullable MessageDigest digest;

    private SigningMechanism(long code, @Nullable Object parameter, @Nullable MessageDigest digest) {
        this.mechanism = new CK_MECHANISM();
        this.mechanism.mechanism = code;
        if (parameter != null) {
            this.mechanism.pParameter = parameter;
        }
        this.digest = digest;
    }

    static SigningMechanism of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> new SigningMechanism(code(algorithm), null, digest("SHA-256"));
            case ES384 -> new SigningMechanism(code(algorithm), null, digest("SHA-384"));
            case PS256 -> new SigningMechanism(code(algorithm), pss(), null);
            case EDDSA -> new SigningMechanism(code(algorithm), null, null);
        };
    }

    /** The CKM_ code of an algorithm. */
    static long code(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256, ES384 -> CKM_ECDSA;
            case PS256 -> CKM_SHA256_RSA_PKCS_PSS;
            case EDDSA -> CKM_EDDSA;
        };
    }

    CK_MECHANISM mechanism() {
        return mechanism;
    }

    /** What {@code C_Sign} is given to sign the message. */
    byte[] input(byte[] message) {
        return digest == null ? message : digest.digest(message);
    }

    private static CK_RSA_PKCS_PSS_PARAMS pss() {
        var parameters = new CK_RSA_PKCS_PSS_PARAMS();
        parameters.hashAlg = CKM_SHA256;
        parameters.mgf = CKG_MGF1_SHA256;
        parameters.sLen = PS256_SALT_BYTES;
        return parameters;
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
