package org.sealkeeper.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A JWK Set (RFC 7517 section 5) of public signing keys; one key that is anything else refuses the whole set. */
final class JwkSetText {
    private JwkSetText() {}

    /**
     * The keys of the set.
     *
     * @throws IllegalArgumentException for a private or symmetric key, a {@code kid} that is not the RFC 7638 thumbprint of
     *     its key (a missing one is computed), or an {@code alg} or {@code use} that contradicts it
     */
    static List<VerificationKey> parse(String json) {
        try {
            List<VerificationKey> keys = new ArrayList<>();
            Map<String, Object>[] members = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
            if (members == null) {
                throw new IllegalArgumentException("expected a JWK Set: an object with the member 'keys'");
            }
            for (Map<String, Object> member : members) {
                keys.add(checked(JWK.parse(member)));
            }
            return keys;
        } catch (ParseException | JOSEException | IOException e) {
            throw new IllegalArgumentException("expected a JWK Set of well-formed public keys", e);
        }
    }

    private static VerificationKey checked(JWK jwk) throws JOSEException, IOException {
        if (jwk.isPrivate()) {
            throw new IllegalArgumentException(
                    "expected public keys only, found a private or symmetric one: treat it as compromised");
        }
        VerificationKey key = SpkiKey.of(spki(jwk));
        String kid = jwk.getKeyID();
        if (kid != null && !kid.equals(key.keyId().value())) {
            throw new IllegalArgumentException("expected the kid to be the key's RFC 7638 thumbprint " + key.keyId());
        }
        if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(key.jwk().getAlgorithm())) {
            throw new IllegalArgumentException(
                    "key " + key.keyId() + ": expected alg " + key.algorithm().joseName() + ", found another");
        }
        if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
            throw new IllegalArgumentException("key " + key.keyId() + ": expected use sig, found another");
        }
        return key;
    }

    private static byte[] spki(JWK jwk) throws JOSEException, IOException {
        return switch (jwk) {
            case ECKey ec -> ec.toECPublicKey().getEncoded();
            case RSAKey rsa -> rsa.toRSAPublicKey().getEncoded();
            case OctetKeyPair okp
            when okp.getCurve().equals(Curve.Ed25519) ->
                new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), okp.getDecodedX())
                        .getEncoded();
            default -> throw new IllegalArgumentException("expected a key of P-256, P-384, Ed25519 or RSA");
        };
    }
}
