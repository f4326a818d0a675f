package org.sealkeeper.keys;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sealkeeper.encoding.Base64Url;

/**
 * Keys as a JWK Set (RFC 7517): all that were ever used for signing, so that old signatures stay verifiable. Each has {@code
 * kid}, {@code alg}, {@code use}, {@code nbf} (seconds since 1970, when it was made), {@code x5c} and {@code x5t#S256}.
 */
public final class Jwks {
    private Jwks() {}

    /** The JSON text of those that sign blocks. */
    public static String ofBlocks(List<CataloguedKey> keys) {
        return of(keys.stream()
                .filter(key -> key.purpose() == KeyPurpose.BLOCK_SIGNING)
                .toList());
    }

    /** The JSON text of those that sign notes: checkpoints of the audit log, and cosignatures of the logs of peers. */
    public static String ofNotes(List<CataloguedKey> keys) {
        return of(keys.stream()
                .filter(key -> key.purpose() != KeyPurpose.BLOCK_SIGNING)
                .toList());
    }

    /** The JSON text of all of these. */
    public static String of(List<CataloguedKey> keys) {
        List<Map<String, Object>> jwks = new ArrayList<>();
        for (CataloguedKey key : keys) {
            Map<String, Object> jwk =
                    new LinkedHashMap<>(key.verificationKey().jwk().toJSONObject());
            jwk.put("nbf", key.createdAt().getEpochSecond());
            jwk.put("x5c", key.chain().stream().map(StoredRow::encoded).toList());
            jwk.put("x5t#S256", thumbprint(key.certificate()));
            jwks.add(jwk);
        }
        return JSONObjectUtils.toJSONString(Map.of("keys", jwks));
    }

    /** RFC 7517 section 4.9. */
    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64Url.encode(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("the certificate of a key has no SHA-256", e);
        }
    }
}
