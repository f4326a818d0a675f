package org.sealkeeper.issuers;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.text.ParseException;
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
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Issuer issuer;
    private final Optional<IssuerServer> server;
    private volatile boolean couldBeFetched;
    private volatile Set<String> ignored = Set.of();

    /** Takes what makes a client that trusts the authorities of a PEM file alone, and follows no redirects. */
    PublishedKeys(Issuer issuer, Function<Path, HttpClient> clients) {
        this.issuer = issuer;
        this.server = issuer.keys().trusted().map(clients).map(IssuerServer::new);
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
                case KeySource.Url url ->
                    IssuerKeySet.parse(server.orElseThrow().get(url.keys()));
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

    private IssuerKeySet discovered(URI url) throws IOException, ParseException {
        IssuerServer from = server.orElseThrow();
        return IssuerKeySet.parse(from.get(IssuerServer.url(from.metadata(url, issuer.name()), "jwks_uri")));
    }

    @Override
    public void close() {}
}
