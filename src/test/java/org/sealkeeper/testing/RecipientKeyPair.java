package org.sealkeeper.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;
import org.sealkeeper.hsm.RecipientKey;

/** A recipient of data keys, with the private key that he alone has. */
public record RecipientKeyPair(KeyPair pair) {

    /** A new one of 3072 bits. */
    public static RecipientKeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return new RecipientKeyPair(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the token is told of him. */
    public RecipientKey publicKey() {
        return new RecipientKey(pair.getPublic().getEncoded());
    }

    /** The data key that was encrypted to him with RSA-OAEP (RFC 7518 section 4.3), opened by the JDK. */
    public byte[] open(byte[] encryptedKey) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
            return cipher.doFinal(encryptedKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a data key encrypted to this recipient", e);
        }
    }
}
