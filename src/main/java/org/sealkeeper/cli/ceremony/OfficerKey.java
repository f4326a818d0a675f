package org.sealkeeper.cli.ceremony;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * What an officer signs with.
 *
 * @param chain the officer's certificate first
 * @param provider of the card that has the key; empty where it is in a file
 */
record OfficerKey(PrivateKey key, List<X509Certificate> chain, Optional<Provider> provider) {
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    OfficerKey {
        chain = List.copyOf(chain);
    }

    /**
     * Signs, in JWS form (RFC 7518 section 3).
     *
     * @throws ConfigurationFault if the key cannot sign with the algorithm of its certificate
     */
    byte[] sign(SigningAlgorithm algorithm, byte[] message) {
        try {
            Signature signature = signature(name(algorithm));
            if (algorithm == SigningAlgorithm.PS256) {
                signature.setParameter(PS256);
            }
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new ConfigurationFault(
                    "the officer's key does not sign with " + algorithm.joseName() + ": " + e.getMessage(), e);
        }
    }

    private Signature signature(String name) throws GeneralSecurityException {
        return provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
    }

    private static String name(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "SHA256withECDSAinP1363Format";
            case ES384 -> "SHA384withECDSAinP1363Format";
            case PS256 -> "RSASSA-PSS";
            case EDDSA -> "Ed25519";
        };
    }
}
