package org.sealkeeper.verify;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * The protected header of every JWS Sealkeeper makes: these three members and no other. There is no {@code crit}, no
 * {@code jwk} and no {@code x5c}: a signature never brings the key that judges it.
 *
 * @param type the {@code typ} (RFC 7515 section 4.1.9), such as {@code block+jws}
 */
public record JwsHeader(SigningAlgorithm algorithm, KeyId keyId, String type) {
    private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ");

    /**
     * Reads the header of a JWS.
     *
     * @throws IllegalArgumentException for a missing, unknown or duplicate member, or an algorithm that is not offered
     */
    static JwsHeader parse(byte[] json) {
        var object = FlatObject.parse(StrictUtf8.decode(json));
        var names = object.members().keySet();
        if (!names.equals(MEMBERS)) {
            throw new IllegalArgumentException(
                    "expected the JWS header to have exactly alg, kid and typ, found " + names);
        }
        var algorithm = SigningAlgorithm.named(object.text("alg"))
                .orElseThrow(() -> new IllegalArgumentException("expected alg ES256, ES384, PS256 or EdDSA"));
        return new JwsHeader(algorithm, new KeyId(object.text("kid")), object.text("typ"));
    }

    /** The header as Sealkeeper writes it: canonical JSON (RFC 8785); no member needs escaping. */
    byte[] json() {
        return ("{\"alg\":\"" + algorithm.joseName() + "\",\"kid\":\"" + keyId + "\",\"typ\":\"" + type + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
