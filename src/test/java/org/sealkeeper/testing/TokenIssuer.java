package org.sealkeeper.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.sealkeeper.issuers.IssuersFile;

/** An issuer of bearer tokens, with its metadata and keys on a server of its own, which can be told to fail. */
public final class TokenIssuer implements AutoCloseable {
    public static final String AUDIENCE = "sealkeeper";

    private final HttpsServer server;
    private final RSAKey rsa;
    private final IssuerSignIns signIns = new IssuerSignIns(this);
    private final AtomicInteger others = new AtomicInteger();
    private volatile ECKey key;
    private volatile boolean down;

    private TokenIssuer(HttpsServer server) {
        this.server = server;
        this.key = newKey();
        try {
            this.rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts on a free port, with the server's certificate of a development PKI. */
    public static TokenIssuer start(Path pki) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(
                    Caller.tls(pki.resolve("ca.pem"), pki.resolve("server.pem"), pki.resolve("server.key"))));
            var issuer = new TokenIssuer(server);
            server.createContext("/", issuer::answer);
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its {@code iss}. */
    public String name() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** The key it signs with now. */
    public ECKey key() {
        return key;
    }

    /** A key it publishes too, of another kind. */
    public RSAKey rsa() {
        return rsa;
    }

    /** What it publishes. */
    public String keys() {
        return new JWKSet(List.<JWK>of(key, rsa)).toString(true);
    }

    /** Signs with a new key from now on, and publishes the old one no more. */
    public void rotate() {
        key = newKey();
    }

    public void setDown(boolean isDown) {
        down = isDown;
    }

    /** How people sign in with it. */
    public IssuerSignIns signIns() {
        return signIns;
    }

    /** How often it was asked for anything but its metadata, its keys and sign-ins. */
    public int otherRequests() {
        return others.get();
    }

    /** The claims of a good token, good for five minutes. */
    public JWTClaimsSet.Builder claims(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(name())
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .jwtID(UUID.randomUUID().toString());
    }

    /** A token with these claims. */
    public String token(JWTClaimsSet.Builder claims) {
        return token(header(key), claims, key);
    }

    /** The header of an access token (RFC 9068) that this key signs. */
    public static JWSHeader.Builder header(ECKey signer) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(signer.getKeyID());
    }

    /** A token with this header, signed with a key of anybody's. */
    public static String token(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWK signer) {
        var token = new SignedJWT(header.build(), claims.build());
        try {
            token.sign(signer(signer));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        return key instanceof RSAKey pair ? new RSASSASigner(pair) : new ECDSASigner(key.toECKey());
    }

    /** A key nobody published. */
    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = down ? 503 : 200;
        String body = switch (exchange.getRequestURI().getPath()) {
            case IssuersFile.METADATA -> metadata();
            case "/keys" -> keys();
            case "/authorize" -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                signIns.authorize(exchange.getRequestURI().getRawQuery()));
                status = 302;
                yield "";
            }
            case "/token" -> {
                String token = signIns.token(exchange.getRequestHeaders().getFirst("Authorization"), asked);
                status = token == null ? 400 : status;
                yield token == null ? "{\"error\":\"invalid_grant\"}" : token;
            }
            default -> {
                others.incrementAndGet();
                yield "{}";
            }
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String metadata() {
        return """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/authorize?ward=3",
                 "token_endpoint": "%1$s/token", "authorization_response_iss_parameter_supported": true}
                """.formatted(name());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
