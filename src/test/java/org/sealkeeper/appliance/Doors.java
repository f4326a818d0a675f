package org.sealkeeper.appliance;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RequestWords;
import org.sealkeeper.testing.TokenIssuer;

/** Brings the requests of a table to the doors of an appliance, as the callers they name. */
final class Doors implements AutoCloseable {
    private static final String ANONYMOUS = "nobody";
    private static final Map<String, ECKey> ISSUERS =
            Map.of("https://idp.example", TokenIssuer.newKey(), "https://audit.example", TokenIssuer.newKey());

    private final Map<String, Caller> callers;
    /** What was generated last under each key. */
    private final Map<String, String> wrapped = new HashMap<>();

    Doors(Home home) {
        callers = Stream.of("node-a", "node-b", "lab-a", "clinician-a", "auditor")
                .collect(Collectors.toMap(name -> name, name -> Caller.of(home, name)));
        callers.put(ANONYMOUS, Caller.anonymous(home));
    }

    /** Makes the home trust the issuers of the table's tokens. */
    static void declareIssuers(Home home) {
        var file = new StringBuilder("issuers:\n");
        ISSUERS.forEach((name, key) -> {
            home.write(key.getKeyID() + ".json", new JWKSet(key).toString());
            file.append("  - {issuer: \"%s\", keys: %s.json, authorities: none, audience: %s, algorithms: [ES256],"
                    .formatted(name, key.getKeyID(), TokenIssuer.AUDIENCE));
            file.append(" clockSkewSeconds: 1, maxLifetimeSeconds: 900, boundToCertificate: optional}\n");
        });
        home.write("issuers.yaml", file.toString());
    }

    Caller caller(String name) {
        return callers.get(name);
    }

    /** Asks, under this request id. */
    HttpResponse<String> ask(RequestWords words, String id) {
        Caller caller = callers.get(words.find("cert").orElse(ANONYMOUS));
        HttpRequest.Builder request = request(caller, words).header("X-Request-Id", id);
        words.find("iss").ifPresent(issuer -> request.header("Authorization", "Bearer " + token(issuer, words)));
        HttpResponse<String> answer = caller.send(request);
        if (words.get("op").equals("generate-data-key") && answer.statusCode() == 201) {
            wrapped.put(words.get("key"), Blocks.json(answer).get("wrapped").asText());
        }
        return answer;
    }

    private HttpRequest.Builder request(Caller caller, RequestWords words) {
        return switch (words.get("op")) {
            case "sign-block" -> {
                String chain = words.get("chain");
                yield post(
                        caller,
                        "/v1/chains/" + chain + "/blocks",
                        Blocks.request(chain, Long.parseLong(words.get("height"))));
            }
            case "verify-signature" -> post(caller, "/v1/blocks/verify", "{\"signature\":\"none\"}");
            case "read-chain" -> caller.request("/v1/chains/" + words.get("chain"));
            case "read-keys" -> caller.request("/v1/keys");
            case "read-audit-log" -> caller.request("/v1/audit/entries?limit=1");
            case "generate-data-key" ->
                post(caller, "/v1/data-keys", json(Map.of("key", words.get("key"), "recipient", words.get("to"))));
            case "unwrap-data-key" -> {
                Map<String, String> members = new HashMap<>(Map.of(
                        "wrapped", wrapped(words), "purposeOfUse", words.get("for"), "recipient", words.get("to")));
                words.find("why").ifPresent(why -> members.put("justification", why));
                yield post(caller, "/v1/data-keys/unwrap", json(members));
            }
            case "rewrap-data-key" -> post(caller, "/v1/data-keys/rewrap", json(Map.of("wrapped", wrapped(words))));
            default -> throw new IllegalArgumentException("expected an operation that has a door: " + words);
        };
    }

    private String wrapped(RequestWords words) {
        String found = wrapped.get(words.get("key"));
        if (found == null) {
            throw new IllegalArgumentException("expected a row that generates a data key before " + words);
        }
        return found;
    }

    private static HttpRequest.Builder post(Caller caller, String path, String body) {
        return caller.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    /** An object of these texts and the one context of this table. */
    private static String json(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> ",\"%s\":\"%s\"".formatted(member.getKey(), member.getValue()))
                .collect(Collectors.joining("", "{\"context\":{\"record\":\"one\"}", "}"));
    }

    private static String token(String issuer, RequestWords words) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(TokenIssuer.AUDIENCE)
                .subject(words.find("sub").orElse("somebody"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        words.claims().forEach(claims::claim);
        ECKey key = ISSUERS.get(issuer);
        return TokenIssuer.token(TokenIssuer.header(key), claims, key);
    }

    @Override
    public void close() {
        callers.values().forEach(Caller::close);
    }
}
