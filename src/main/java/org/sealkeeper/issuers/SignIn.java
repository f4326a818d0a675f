package org.sealkeeper.issuers;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFault;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.kernel.Overload;

/**
 * Has people sign in with one issuer: the authorization code flow (RFC 6749 section 4.1) with PKCE (RFC 7636), as OpenID Connect Core section
 * 3.1 has it. What it fetches is an access token and proves nothing yet: {@link TrustedIssuers} judges it as any other. No refresh token is kept.
 * Methods wait for the issuer's server; safe for use by many threads.
 */
public final class SignIn {
    /** Waiting for one issuer at once: that one must not take the threads of all others. */
    static final int MAX_WAITING = 16;

    private static final int MAX_TOKEN_CHARACTERS = 8 << 10;
    private static final System.Logger LOG = System.getLogger(SignIn.class.getName());

    private final Issuer issuer;
    private final SignInClient client;
    private final IssuerServer server;
    private final DiscoveredEndpoints endpoints;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(MAX_WAITING);

    SignIn(Issuer issuer, SignInClient client, Function<Path, HttpClient> clients, InstantSource clock) {
        this.issuer = issuer;
        this.client = client;
        this.server = new IssuerServer(clients.apply(client.authorities()));
        this.endpoints = new DiscoveredEndpoints(issuer.name(), client.metadata(), server, clock);
        this.clock = clock;
    }

    /** What a code was good for. */
    public sealed interface Redeemed {

        /** An access token, not judged yet. */
        record Token(String text) implements Redeemed {
            @Override
            public String toString() {
                return "Token[…]";
            }
        }

        /**
         * It was good for nothing.
         *
         * @param reason in words of ours, for the one who signs in: never a part of a token
         */
        record Nothing(String reason) implements Redeemed {}

        /** The issuer could not be asked, or did not answer as such. */
        record Unavailable() implements Redeemed {}
    }

    /** The issuer's name, its {@code iss}. */
    public String issuer() {
        return issuer.name();
    }

    /** Where the browser is to go; empty where the issuer's endpoints could not be fetched. */
    public Optional<URI> begin(CodeRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("response_type", "code");
        fields.put("client_id", client.id());
        fields.put("redirect_uri", request.redirect().toString());
        fields.put("scope", client.scope());
        fields.put("state", request.state());
        fields.put("nonce", request.nonce());
        fields.put("code_challenge", request.challenge());
        fields.put("code_challenge_method", "S256");
        return waiting(endpoints::current).map(known -> known.authorizationOf(fields));
    }

    /**
     * Redeems the code that the issuer gave the browser.
     *
     * @param named the {@code iss} beside it, which is that of this issuer where there is one (RFC 9207 section 2.4)
     */
    public Redeemed end(CodeRequest request, String code, Optional<String> named) {
        return waiting(endpoints::current)
                .map(known -> isOurs(named, known)
                        ? waiting(() -> redeem(known.token(), request, code))
                        : new Redeemed.Nothing("expected an answer of the issuer that was asked, found another's"))
                .orElseGet(Redeemed.Unavailable::new);
    }

    private boolean isOurs(Optional<String> named, Endpoints known) {
        return named.map(issuer.name()::equals).orElse(!known.namesItself());
    }

    private Redeemed redeem(URI endpoint, CodeRequest request, String code) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", request.redirect().toString());
        fields.put("code_verifier", request.verifier());
        fields.put("client_id", client.id());
        HttpRequest.Builder question = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(UrlEncodedForm.of(fields)));
        try {
            client.secret().ifPresent(file -> question.header("Authorization", basic(file)));
            IssuerServer.Answer answer = server.send(question);
            return switch (answer.status()) {
                case 200 -> token(JSONObjectUtils.parse(answer.body()), request);
                case 400, 401 -> refused(answer.body());
                default -> unavailable("expected 200 from " + endpoint + ", found " + answer.status());
            };
        } catch (IOException | ParseException | ConfigurationFault | FileFault e) {
            return unavailable(e.toString());
        }
    }

    /** The client's name and password (RFC 6749 section 2.3.1). */
    private String basic(Path file) {
        try (var secret = SecretFile.open(file, SecretFile.Kind.PASSWORD)) {
            String both =
                    UrlEncodedForm.encoded(client.id()) + ":" + UrlEncodedForm.encoded(new String(secret.chars()));
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Redeemed token(Map<String, Object> answer, CodeRequest request) throws ParseException {
        String token = JSONObjectUtils.getString(answer, "access_token");
        String type = JSONObjectUtils.getString(answer, "token_type");
        if (token == null || token.length() > MAX_TOKEN_CHARACTERS || !"bearer".equalsIgnoreCase(type)) {
            return new Redeemed.Nothing(
                    "expected a bearer token of at most " + MAX_TOKEN_CHARACTERS + " characters, found none");
        }
        return Optional.ofNullable(JSONObjectUtils.getString(answer, "id_token"))
                .flatMap(id -> IdToken.whyNot(id, issuer, client.id(), request.nonce(), clock.instant()))
                .<Redeemed>map(Redeemed.Nothing::new)
                .orElseGet(() -> new Redeemed.Token(token));
    }

    /** A code that was used, or is old, is the browser's matter; anything else is the operator's. */
    private Redeemed refused(String body) throws ParseException {
        String error = JSONObjectUtils.getString(JSONObjectUtils.parse(body), "error");
        if ("invalid_grant".equals(error)) {
            return new Redeemed.Nothing("the issuer does not take this code: it was used, or is too old");
        }
        return unavailable("expected a token, found the error " + ErrorCode.of(error));
    }

    private Redeemed unavailable(String why) {
        LOG.log(System.Logger.Level.WARNING, "a sign-in with the issuer {0} failed: {1}", issuer.name(), why);
        return new Redeemed.Unavailable();
    }

    private <T> T waiting(Supplier<T> question) {
        if (!room.tryAcquire()) {
            throw new Overload("sign-in", MAX_WAITING);
        }
        try {
            return question.get();
        } finally {
            room.release();
        }
    }
}
