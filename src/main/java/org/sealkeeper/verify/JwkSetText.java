package org.sealkeeper.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.sealkeeper.kernel.KeyId;

/** Reads a JWK Set (RFC 7517 section 5) of public signing keys. One that is not understood is ignored; one that is private is not. */
final class JwkSetText {
    /** Of all registered types (RFC 7518 section 6, RFC 8037 section 2) and of those to come (AKP). */
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

    /** What may be shown in a message to an operator's terminal. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final boolean isAnyKid;
    private final List<VerificationKey> keys = new ArrayList<>();
    private final List<PublicKeySet.Ignored> ignored = new ArrayList<>();
    private final Map<KeyId, String> names = new HashMap<>();

    private JwkSetText(boolean isAnyKid) {
        this.isAnyKid = isAnyKid;
    }

    /**
     * The keys of the set.
     *
     * @param isAnyKid whether a {@code kid} may be another than the RFC 7638 thumbprint of its key; where it may not, such a key is
     *     ignored. A missing one is computed.
     * @throws IllegalArgumentException if it is no JWK Set, or has a private or symmetric key
     */
    static PublicKeySet parse(String json, boolean isAnyKid) {
        try {
            Map<String, Object>[] members = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
            if (members == null) {
                throw new IllegalArgumentException("expected a JWK Set: an object with the member 'keys'");
            }
            var set = new JwkSetText(isAnyKid);
            for (Map<String, Object> member : members) {
                set.add(member);
            }
            return new PublicKeySet(set.keys, set.ignored, set.names);
        } catch (ParseException e) {
            throw new IllegalArgumentException("expected a JWK Set: an object with a list of objects in 'keys'", e);
        }
    }

    private void add(Map<String, Object> member) {
        if (!Collections.disjoint(member.keySet(), PRIVATE)) {
            throw new IllegalArgumentException(
                    "expected public keys only, found a private or symmetric one: treat it as compromised");
        }
        Optional<String> kid = kid(member);
        try {
            JWK jwk = JWK.parse(member);
            VerificationKey key = SpkiKey.of(spki(jwk));
            complaint(jwk, key)
                    .ifPresentOrElse(
                            why -> ignored.add(new PublicKeySet.Ignored(kid, Optional.of(key.keyId()), why)),
                            () -> take(key, kid));
        } catch (ParseException | JOSEException | IOException | IllegalArgumentException e) {
            ignored.add(new PublicKeySet.Ignored(
                    kid, Optional.empty(), "is not a well-formed key of P-256, P-384, Ed25519 or RSA of 3072 bits"));
        }
    }

    private void take(VerificationKey key, Optional<String> kid) {
        keys.add(key);
        kid.filter(name -> !name.equals(key.keyId().value())).ifPresent(name -> names.put(key.keyId(), name));
    }

    private Optional<String> complaint(JWK jwk, VerificationKey key) {
        String kid = jwk.getKeyID();
        if (!isAnyKid && kid != null && !kid.equals(key.keyId().value())) {
            return Optional.of("has another kid than its RFC 7638 thumbprint " + key.keyId());
        }
        if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(key.jwk().getAlgorithm())) {
            return Optional.of(
                    "is for another alg, expected alg " + key.algorithm().joseName());
        }
        if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
            return Optional.of("is for another use, expected use sig");
        }
        if (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.VERIFY)) {
            return Optional.of("is for other operations, expected verify in key_ops");
        }
        return Optional.empty();
    }

    private static Optional<String> kid(Map<String, Object> member) {
        return member.get("kid") instanceof String kid && PRINTABLE.matcher(kid).matches()
                ? Optional.of(kid)
                : Optional.empty();
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
