package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sign-ins of a {@link TokenIssuer}, as strict as an issuer should be: a code is good once, for the client that asked, with its secret and
 * the verifier of its challenge (RFC 6749 section 4.1.3, RFC 7636 section 4.6). Whoever comes is signed in.
 */
public final class IssuerSignIns {
    public static final String CLIENT = "sealkeeper-console";
    public static final String SECRET = "half & half/+";

    private final TokenIssuer issuer;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile JWTClaimsSet.Builder person;
    private volatile UnaryOperator<Map<String, Object>> answering = UnaryOperator.identity();

    IssuerSignIns(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** The claims of the access token that the next ones get. */
    public void signIn(JWTClaimsSet.Builder claims) {
        person = claims;
        answering = UnaryOperator.identity();
    }

    /** Has codes redeemed for something else than they should be. */
    public void answer(UnaryOperator<Map<String, Object>> change) {
        answering = change;
    }

    /** Where the browser goes next. */
    String authorize(String query) {
        Map<String, String> asked = form(query);
        if (!"code".equals(asked.get("response_type")) || !"S256".equals(asked.get("code_challenge_method"))) {
            throw new IllegalArgumentException("expected a request for a code, with a challenge, found " + query);
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state") + "&iss="
                + URLEncoder.encode(issuer.name(), UTF_8);
    }

    /** The answer of the token endpoint; null where the code is good for nothing. */
    String token(String authorization, String body) {
        Map<String, String> shown = form(body);
        Map<String, String> asked = codes.remove(shown.getOrDefault("code", ""));
        String client = URLEncoder.encode(CLIENT, UTF_8) + ":" + URLEncoder.encode(SECRET, UTF_8);
        if (asked == null
                || !("Basic " + Base64.getEncoder().encodeToString(client.getBytes(US_ASCII))).equals(authorization)
                || !CLIENT.equals(asked.get("client_id"))
                || !asked.get("redirect_uri").equals(shown.get("redirect_uri"))
                || !asked.get("code_challenge").equals(challenge(shown.getOrDefault("code_verifier", "")))) {
            return null;
        }
        Map<String, Object> answer = new HashMap<>();
        answer.put("token_type", "Bearer");
        answer.put("access_token", issuer.token(person));
        answer.put("refresh_token", "never to be kept");
        answer.put("id_token", idToken(asked.get("nonce")));
        return JSONObjectUtils.toJSONString(answering.apply(answer));
    }

    /** An ID token for the client, of a sign-in with this nonce. */
    public String idToken(String nonce) {
        var header = TokenIssuer.header(issuer.key()).type(JOSEObjectType.JWT);
        return TokenIssuer.token(header, issuer.claims("dr-b").audience(CLIENT).claim("nonce", nonce), issuer.key());
    }

    private static String challenge(String verifier) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        return Stream.of(text.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
    }
}
