package org.sealkeeper.sealing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import org.sealkeeper.kernel.RecipientName;

/** An enrolled recipient, and the private key that opens what is released to it. */
public record Recipient(RecipientName name, PrivateKey key) {

    /** @throws IllegalArgumentException if it is no RSA key */
    public Recipient {
        if (!(key instanceof RSAPrivateCrtKey) || !key.getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException(
                    "expected an RSA private key that may decrypt, found " + key.getAlgorithm());
        }
    }

    RSAPublicKey publicKey() {
        var crt = (RSAPrivateCrtKey) key;
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
