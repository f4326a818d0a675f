package org.sealkeeper.issuers;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.FileFault;

/** Fetches the keys of an issuer, each time anew: one bounded answer, over TLS, from nowhere but where the operator said. */
final class PublishedKeys implements JWKSetSource<SecurityContext> {
    private static final System.Logger LOG = System.getLogger(PublishedKeys.class.getName());
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 << 10;
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Issuer issuer;
    private final Optional<HttpClient> client;
    private volatile boolean couldBeFetched;
    private volatile Set<String> ignored = Set.of();

    /** Takes what makes a client that trusts the authorities of a PEM file alone, and follows no redirects. */
    PublishedKeys(Issuer issuer, Function<Path, HttpClient> clients) {
        this.issuer = issuer;
        this.client = switch (issuer.keys()) {
            case KeySource.Discovery discovery -> Optional.of(clients.apply(discovery.authorities()));
            case KeySource.Url url -> Optional.of(clients.apply(url.authorities()));
            case KeySource.File _ -> Optional.empty();
        };
    }

    /** Whether the last attempt to fetch them succeeded. */
    boolean couldBeFetched() {
        return couldBeFetched;
    }

    /** Whether they have a key of this id that is not understood. */
    boolean ignores(String keyId) {
        return ignored.contains(keyId);
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        couldBeFetched = false;
        try {
            IssuerKeySet set = switch (issuer.keys()) {
                case KeySource.Discovery discovery -> discovered(discovery.metadata());
                case KeySource.Url url -> IssuerKeySet.parse(fetch(url.keys()));
                case KeySource.File file -> inFile(file.keys());
            };
            couldBeFetched = true;
            ignored = set.ignored();
            if (set.hasPrivate()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the issuer {0} shows a private or symmetric key beside its public ones; it is ignored",
                        issuer.name());
            }
            return set.keys();
        } catch (IOException | UncheckedIOException | FileFault e) {
            throw new JWKSetRetrievalException(complaint(e), e);
        } catch (ParseException | IllegalArgumentException e) {
            throw new JWKSetParseException(complaint(e), e);
        }
    }

    /** Also logged: the operator must correct it, and callers do not see it. */
    private String complaint(Exception failure) {
        String complaint = "the keys of the issuer " + issuer.name() + " could not be fetched: " + failure;
        LOG.log(System.Logger.Level.WARNING, complaint);
        return complaint;
    }

    /**
     * The keys in a file.
     *
     * @throws FileFault if its disk failed
     * @throws IllegalArgumentException if there is none that can be read, it is no JWK Set, has no key that is understood, or one that is not public
     */
    static IssuerKeySet inFile(Path file) {
        try {
            String text = FileContent.read(file).text();
            IssuerKeySet set = IssuerKeySet.parse(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
            if (set.keys().isEmpty() || set.hasPrivate()) {
                throw new IllegalArgumentException(
                        "expected a JWK Set of public keys, at least one of a type that is known here");
            }
            return set;
        } catch (ConfigurationFault e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ParseException e) {
            throw new IllegalArgumentException("expected a JWK Set (RFC 7517 section 5)", e);
        }
    }

    /** The metadata must name the issuer it was asked for (OpenID Connect Discovery section 4.3). */
    private IssuerKeySet discovered(URI url) throws IOException, ParseException {
        var metadata = JSONObjectUtils.parse(fetch(url));
        if (!issuer.name().equals(JSONObjectUtils.getString(metadata, "issuer"))) {
            throw new IllegalArgumentException(
                    "expected the metadata of " + issuer.name() + ", found another issuer's");
        }
        String keys = JSONObjectUtils.getString(metadata, "jwks_uri");
        if (keys == null) {
            throw new IllegalArgumentException("expected metadata with 'jwks_uri', found none");
        }
        return IssuerKeySet.parse(fetch(IssuersFile.https(keys)));
    }

    private String fetch(URI url) throws IOException {
        var request = HttpRequest.newBuilder(url).timeout(WITHIN).build();
        try {
            HttpResponse<byte[]> answer =
                    client.orElseThrow().send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
            if (answer.statusCode() != 200) {
                throw new IOException("expected 200 from " + url + ", found " + answer.statusCode());
            }
            return new String(answer.body(), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {}
}
