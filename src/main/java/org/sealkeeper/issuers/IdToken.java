package org.sealkeeper.issuers;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks the ID token beside an access token, of which nothing else is used. It came from the issuer's own server over TLS, which stands for
 * its signature (OpenID Connect Core section 3.1.3.7, rule 6).
 */
final class IdToken {
    private IdToken() {}

    /** Why it is not the one that was asked for; empty where it is. */
    static Optional<String> whyNot(String token, Issuer issuer, String clientId, String nonce, Instant now) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            boolean isCurrent = claims.getExpirationTime() != null
                    && now.isBefore(claims.getExpirationTime().toInstant().plus(issuer.clockSkew()));
            if (!issuer.name().equals(claims.getIssuer())) {
                return Optional.of("expected an ID token of the issuer that was asked, found another's");
            }
            if (!claims.getAudience().contains(clientId)) {
                return Optional.of("expected an ID token for this client, found another's");
            }
            if (!nonce.equals(claims.getStringClaim("nonce"))) {
                return Optional.of("expected the ID token of this sign-in, found another's");
            }
            return isCurrent ? Optional.empty() : Optional.of("expected an ID token that has not expired");
        } catch (ParseException e) {
            return Optional.of("expected a signed ID token in compact form");
        }
    }
}
