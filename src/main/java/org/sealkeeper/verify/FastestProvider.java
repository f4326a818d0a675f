package org.sealkeeper.verify;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.sealkeeper.kernel.SigningAlgorithm;

/** The fastest provider of signature verification that works on this machine. */
final class FastestProvider {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    /** Amazon Corretto's where its native library loads: 9 times as fast as the JDK on P-256. */
    private static final Provider NATIVE_OR_ELSE = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null
            ? AmazonCorrettoCryptoProvider.INSTANCE
            : BOUNCY_CASTLE;

    private FastestProvider() {}

    static Provider of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256, ES384, PS256 -> NATIVE_OR_ELSE;
            // Corretto's provider reads no Ed25519 key unless a system property was set before it was first touched.
            case EDDSA -> BOUNCY_CASTLE;
        };
    }
}
