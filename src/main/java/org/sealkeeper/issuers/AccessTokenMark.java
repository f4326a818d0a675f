package org.sealkeeper.issuers;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an issuer's access tokens differ from what else it signs with the same keys. The audience of an ID token is the client's name
 * (OpenID Connect Core section 2), which may be that of this appliance, too: an audience alone makes no access token.
 */
sealed interface AccessTokenMark {

    /** Of what the header says (RFC 9068 section 2.1). */
    record Type() implements AccessTokenMark {
        private static final Set<JOSEObjectType> TYPES =
                Set.of(new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

        @Override
        public boolean isOn(JWSHeader header, Map<String, Object> claims) {
            return header.getType() != null && TYPES.contains(header.getType());
        }

        @Override
        public String toString() {
            return "an access token, with the type at+jwt in its header (RFC 9068)";
        }
    }

    /**
     * A claim that the issuer's ID tokens do not have, or have with another value.
     *
     * @param value empty where the claim alone is enough
     */
    record Claim(String name, Optional<String> value) implements AccessTokenMark {
        @Override
        public boolean isOn(JWSHeader header, Map<String, Object> claims) {
            Object found = claims.get(name);
            return found != null && (value.isEmpty() || value.get().equals(found));
        }

        @Override
        public String toString() {
            return "an access token, with the claim '" + name + "'"
                    + value.map(text -> ": '" + text + "'").orElse("") + ", as issuers.yaml says";
        }
    }

    /** Whether a token has it. */
    boolean isOn(JWSHeader header, Map<String, Object> claims);

    /**
     * Whether a token says of itself that it is another one, whatever its mark. Hashes of codes and access tokens are in ID tokens alone
     * (OpenID Connect Core section 3.3.2.11), events in logout and other event tokens (RFC 8417). A {@code nonce} does not count: some
     * issuers repeat it in access tokens.
     */
    static boolean isOfAnotherKind(Map<String, Object> claims) {
        return List.of("at_hash", "c_hash", "s_hash", "events").stream().anyMatch(claims::containsKey)
                || says(claims.get("typ"), "ID", "Refresh", "Offline", "Logout")
                || says(claims.get("token_use"), "id", "refresh");
    }

    private static boolean says(@Nullable Object claim, String... kinds) {
        return claim instanceof String text && List.of(kinds).stream().anyMatch(text::equalsIgnoreCase);
    }
}
