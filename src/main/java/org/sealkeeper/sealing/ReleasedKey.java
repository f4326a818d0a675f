package org.sealkeeper.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWEAlgorithm;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.sealkeeper.encoding.Base64Url;

/**
 * A data key as the appliance released it: encrypted to a recipient.
 *
 * @param wrapped what is stored beside the record
 * @param alg the JWE {@code alg} (RFC 7518 section 4.1)
 * @param encryptedKey a JWE {@code encrypted_key}, base64url
 */
record ReleasedKey(String wrapped, JWEAlgorithm alg, String encryptedKey) {

    static ReleasedKey of(JsonNode answer) {
        return new ReleasedKey(
                text(answer, "wrapped"), JWEAlgorithm.parse(text(answer, "alg")), text(answer, "encryptedKey"));
    }

    /**
     * The AES-256 key itself.
     *
     * @throws IllegalArgumentException if this is not the private key of the recipient
     */
    SecretKey decrypt(Recipient recipient) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, recipient.key(), parameters());
            return new SecretKeySpec(cipher.doFinal(Base64Url.decode(encryptedKey)), "AES");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected the private key of the enrolled recipient '" + recipient.name() + "', found another", e);
        }
    }

    private AlgorithmParameterSpec parameters() {
        if (alg.equals(JWEAlgorithm.RSA_OAEP_256)) {
            return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        }
        if (alg.getName().equals("RSA-OAEP")) {
            return new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
        }
        throw new ApplianceFault("expected alg RSA-OAEP or RSA-OAEP-256, found " + alg, null);
    }

    private static String text(JsonNode answer, String member) {
        JsonNode value = answer.path(member);
        if (!value.isTextual()) {
            throw new ApplianceFault("expected '" + member + "' in the appliance's answer, found none", null);
        }
        return value.asText();
    }
}
