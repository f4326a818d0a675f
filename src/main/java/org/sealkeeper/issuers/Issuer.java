package org.sealkeeper.issuers;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An issuer whose tokens are accepted, and by which rules.
 *
 * @param name its {@code iss}, to the letter
 * @param audience what the {@code aud} of its tokens must contain: the name it has for this appliance
 * @param accessTokens how its access tokens differ from its ID tokens
 * @param algorithms asymmetric ones; a token signed in another way is no token
 * @param clockSkew how far its clock and ours may differ
 * @param requiresBinding whether tokens must be bound to a client certificate (RFC 8705 section 3)
 * @param maxLifetime how long its tokens may be good for
 * @param console how people sign in with it to the console; empty where they do not
 */
record Issuer(
        String name,
        String audience,
        AccessTokenMark accessTokens,
        KeySource keys,
        Set<JWSAlgorithm> algorithms,
        Duration clockSkew,
        boolean requiresBinding,
        Duration maxLifetime,
        Optional<SignInClient> console) {

    Issuer {
        algorithms = Set.copyOf(algorithms);
    }
}
