package org.sealkeeper.verify;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The fastest provider of signature verification that works on this machine. */
final class FastestProvider {
    /** Amazon Corretto's where its native library loads (5 times the JDK's on P-256), else BouncyCastle's. */
    static final Provider PROVIDER = choose();

    private FastestProvider() {}

    private static Provider choose() {
        var corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        return corretto.getLoadingError() == null ? corretto : new BouncyCastleProvider();
    }
}
