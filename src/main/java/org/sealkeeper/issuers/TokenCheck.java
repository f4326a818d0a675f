package org.sealkeeper.issuers;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.identity.TokenVerifier.Verdict;
import org.sealkeeper.identity.BearerToken;

/** Checks the tokens of one issuer (RFC 7519 section 7.2, RFC 8725). Safe for use by many threads. */
final class TokenCheck {
    /** A token for another use, such as a logout token, says so here (RFC 8725 section 3.11). */
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    private static final String CONFIRMATION = "cnf";
    private static final String CERTIFICATE = "x5t#S256";

    private final Issuer issuer;
    private final IssuerKeys keys;

    TokenCheck(Issuer issuer, Function<Path, HttpClient> clients) {
        this.issuer = issuer;
        this.keys = new IssuerKeys(issuer, clients);
    }

    /** Ends the check of a token; unchecked, so that each rule below is one line. */
    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Waits for the issuer's server where its keys are not known. What costs nothing to find out comes first. */
    Verdict check(SignedJWT token, Instant now) {
        try {
            requireHeader(token.getHeader());
            Verdict.Good good = good(token, now);
            return switch (keys.judge(token)) {
                case SIGNED -> good;
                case NOT_SIGNED -> new Verdict.Bad("expected a token signed with a key of its issuer");
                case NOT_UNDERSTOOD ->
                    new Verdict.Bad("expected a token signed with a key of its issuer of a type that is known here");
                case NO_KEYS -> new Verdict.Unknown();
            };
        } catch (Unfit unfit) {
            return new Verdict.Bad(String.valueOf(unfit.getMessage()));
        } catch (ParseException | IllegalArgumentException e) {
            return new Verdict.Bad("expected a token with claims of their registered types (RFC 7519 section 4.1)");
        }
    }

    /** Keys a header brings or points to ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are never looked at. */
    private void requireHeader(JWSHeader header) {
        require(
                issuer.algorithms().contains(header.getAlgorithm()),
                "expected an algorithm its issuer is trusted with");
        require(
                header.getType() == null || TYPES.contains(header.getType()),
                "expected an access token, found another type");
        require(header.getCriticalParams() == null, "expected no critical extensions: none is understood");
        require(header.isBase64URLEncodePayload(), "expected an encoded payload");
    }

    private Verdict.Good good(SignedJWT token, Instant now) throws ParseException {
        JWTClaimsSet claims = token.getJWTClaimsSet();
        require(
                claims.getAudience().contains(issuer.audience()),
                "expected a token for this appliance, found another audience");
        Instant expires = expiry(claims, now);
        Map<String, Object> json = token.getPayload().toJSONObject();
        require(!AccessTokenMark.isOfAnotherKind(json), "expected an access token, found one of another kind");
        require(issuer.accessTokens().isOn(token.getHeader(), json), "expected " + issuer.accessTokens());
        Optional<String> boundTo = binding(json.get(CONFIRMATION));
        require(boundTo.isPresent() || !issuer.requiresBinding(), "expected a token bound to a client certificate");
        return new Verdict.Good(bearer(claims, json), expires, boundTo);
    }

    private BearerToken bearer(JWTClaimsSet claims, Map<String, Object> json) {
        require(claims.getSubject() != null, "expected a token with a subject");
        try {
            return new BearerToken(issuer.name(), claims.getSubject(), Optional.ofNullable(claims.getJWTID()), json);
        } catch (IllegalArgumentException e) {
            throw new Unfit(String.valueOf(e.getMessage()));
        }
    }

    /** When it ends by our clock, which may be behind the issuer's clock. */
    private Instant expiry(JWTClaimsSet claims, Instant now) {
        Instant expires = required(claims.getExpirationTime(), "exp");
        Instant issued = required(claims.getIssueTime(), "iat");
        require(now.isBefore(expires.plus(issuer.clockSkew())), "the token has expired");
        Instant latestStart = now.plus(issuer.clockSkew());
        require(!issued.isAfter(latestStart), "the token was issued in the future");
        require(
                claims.getNotBeforeTime() == null
                        || !claims.getNotBeforeTime().toInstant().isAfter(latestStart),
                "the token is not valid yet");
        require(
                !expires.isAfter(issued.plus(issuer.maxLifetime())),
                "the token is good for longer than its issuer is trusted");
        return expires.plus(issuer.clockSkew());
    }

    private static Instant required(@Nullable Date time, String claim) {
        if (time == null) {
            throw new Unfit("expected a token with '" + claim + "'");
        }
        return time.toInstant();
    }

    /** The certificate it is bound to. What else it may be bound to, such as a DPoP key, cannot be checked here. */
    private static Optional<String> binding(@Nullable Object confirmation) {
        if (confirmation == null) {
            return Optional.empty();
        }
        if (confirmation instanceof Map<?, ?> members
                && members.size() == 1
                && members.get(CERTIFICATE) instanceof String thumbprint) {
            return Optional.of(thumbprint);
        }
        throw new Unfit(
                "expected a token bound to a client certificate or to nothing, found another confirmation method");
    }

    private static void require(boolean isFit, String expected) {
        if (!isFit) {
            throw new Unfit(expected);
        }
    }
}
