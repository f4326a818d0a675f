package org.sealkeeper.issuers;

import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.http.identity.TokenVerifier;
import org.sealkeeper.kernel.Overload;

/** Checks every token by the rules of the issuer it names. Of one it has not seen lately, in a thread that may wait. */
public final class TrustedIssuers implements TokenVerifier {
    /** Checks under way at once: a flood of forged tokens must leave time for other work. */
    private static final int MAX_CHECKS = 64;

    private final Map<String, TokenCheck> checks;
    private final List<SignIn> signIns;
    private final CheckedTokens known = new CheckedTokens();
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(MAX_CHECKS);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("token-check-", 0).factory());

    /**
     * Fetches nothing yet.
     *
     * @param clients makes a client that trusts the authorities of a PEM file alone, and follows no redirects
     */
    public TrustedIssuers(IssuersFile file, Function<Path, HttpClient> clients, InstantSource clock) {
        this.checks = file.issuers().stream()
                .collect(Collectors.toUnmodifiableMap(Issuer::name, issuer -> new TokenCheck(issuer, clients)));
        this.signIns = file.issuers().stream()
                .flatMap(issuer -> issuer.console().map(client -> new SignIn(issuer, client, clients, clock)).stream())
                .toList();
        this.clock = clock;
    }

    /** How many there are. */
    public int count() {
        return checks.size();
    }

    /** Those that people sign in with to the console, in the order of the file. */
    public List<SignIn> signIns() {
        return signIns;
    }

    @Override
    public CompletionStage<Verdict> verify(String token) {
        Instant now = clock.instant();
        var name = CheckedTokens.Name.of(token);
        Optional<Verdict> earlier = known.find(name, now).map(Function.identity());
        if (earlier.isPresent()) {
            return CompletableFuture.completedStage(earlier.get());
        }
        if (!room.tryAcquire()) {
            return CompletableFuture.failedStage(new Overload("token check", MAX_CHECKS));
        }
        return CompletableFuture.supplyAsync(() -> check(token, now), threads).whenComplete((verdict, failure) -> {
            room.release();
            if (verdict instanceof Verdict.Good good) {
                known.keep(name, good, now);
            }
        });
    }

    private Verdict check(String token, Instant now) {
        try {
            for (String part : token.split("\\.", -1)) {
                byte[] _ = Base64Url.decode(part); // the library lets padding and stray bits pass
            }
            SignedJWT signed = SignedJWT.parse(token);
            TokenCheck check = checks.get(
                    Objects.requireNonNullElse(signed.getJWTClaimsSet().getIssuer(), ""));
            return check == null ? new Verdict.Bad("expected a token of a trusted issuer") : check.check(signed, now);
        } catch (ParseException | IllegalArgumentException e) {
            return new Verdict.Bad("expected a signed JWT (RFC 7519) in compact form");
        }
    }
}
