package org.sealkeeper.issuers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;

/**
 * The keys of one issuer, fetched when they are needed and kept for five minutes. One that is not among them has them fetched again,
 * but not more than twice in ten seconds, for all callers together. While the issuer cannot be reached, the last ones serve for a day.
 */
final class IssuerKeys {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofDays(1);
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int MIN_RSA_BITS = 2_048;

    /** What comes before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 section 4). */
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PublishedKeys published;
    private final JWKSource<SecurityContext> keys;

    IssuerKeys(Issuer issuer, Function<Path, HttpClient> clients) {
        published = new PublishedKeys(issuer, clients);
        keys = JWKSourceBuilder.create(published)
                .cache(KEPT.toMillis(), TIMEOUT.toMillis())
                .refreshAheadCache(false)
                .rateLimited(FETCH_INTERVAL.toMillis())
                .retrying(true)
                .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                .build();
    }

    /** Whether a signature is the issuer's. */
    enum Finding {
        SIGNED,
        NOT_SIGNED,
        /** It names a key of the issuer's that is not understood here. */
        NOT_UNDERSTOOD,
        /** Its key is not among those we keep, and none could be fetched. */
        NO_KEYS
    }

    /** Waits for the issuer's server where it must. */
    Finding judge(SignedJWT token) {
        try {
            List<JWK> candidates = keys.get(new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader())), null);
            if (candidates.isEmpty()) {
                return withoutKey(token);
            }
            return candidates.stream().anyMatch(key -> isSignedBy(key, token)) ? Finding.SIGNED : Finding.NOT_SIGNED;
        } catch (RateLimitReachedException e) {
            return withoutKey(token);
        } catch (KeySourceException e) {
            return Finding.NO_KEYS;
        }
    }

    /** A token of an unknown key is refused, unless the keys could not be fetched. */
    private Finding withoutKey(SignedJWT token) {
        String named = token.getHeader().getKeyID();
        if (named != null && published.ignores(named)) {
            return Finding.NOT_UNDERSTOOD;
        }
        return published.couldBeFetched() ? Finding.NOT_SIGNED : Finding.NO_KEYS;
    }

    private static boolean isSignedBy(JWK key, SignedJWT token) {
        try {
            return switch (key) {
                case ECKey ec -> verifies(new ECDSAVerifier(ec), token);
                case RSAKey rsa -> rsa.size() >= MIN_RSA_BITS && verifies(new RSASSAVerifier(rsa), token);
                case OctetKeyPair edwards -> Curve.Ed25519.equals(edwards.getCurve()) && verifies(edwards, token);
                default -> false;
            };
        } catch (JOSEException | IllegalArgumentException e) {
            return false; // a key that cannot be used has signed nothing
        }
    }

    private static boolean verifies(JWSVerifier verifier, SignedJWT token) throws JOSEException {
        return verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
    }

    /** The library wants another library for Ed25519; we have our own judge. */
    private static boolean verifies(OctetKeyPair key, SignedJWT token) {
        byte[] x = key.getDecodedX();
        byte[] spki = ByteBuffer.allocate(ED25519_SPKI.length + x.length)
                .put(ED25519_SPKI)
                .put(x)
                .array();
        return VerificationKey.of(SigningAlgorithm.EDDSA, spki)
                .verifies(token.getSigningInput(), token.getSignature().decode());
    }
}
