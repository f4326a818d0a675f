package org.sealkeeper.http.identity;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.TokenBearer;

/** Who sends a request: the holder of a client certificate, the bearer of a token, or who is both. */
public record Caller(Optional<ClientCertificate> certificate, Optional<BearerToken> token) {
    private static final String KEY = Caller.class.getName();

    /** @throws IllegalArgumentException if there is neither */
    public Caller {
        if (certificate.isEmpty() && token.isEmpty()) {
            throw new IllegalArgumentException("expected a caller with a certificate or a token");
        }
    }

    /**
     * The caller of this request. For resources behind the front door, which lets nobody in without one:
     * {@code post(@Context RoutingContext context, …)}.
     *
     * @throws IllegalStateException if the path is one of the public ones
     */
    public static Caller of(RoutingContext context) {
        return find(context).orElseThrow(() -> new IllegalStateException("a public path has no caller"));
    }

    /** The caller of this request; empty where the path is public, or he did not prove who he is. */
    public static Optional<Caller> find(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Who he is by his certificate. */
    public Optional<CallerId> id() {
        return certificate.map(ClientCertificate::id);
    }

    /** Who he is by his token. */
    public Optional<TokenBearer> bearer() {
        return token.map(BearerToken::bearer);
    }

    /** Both in one text, for people: the certificate's name, else the token's subject, an {@code @} and its issuer. */
    public String name() {
        return id().map(CallerId::value)
                .or(() -> bearer().map(bearer -> bearer.subject() + "@" + bearer.issuer()))
                .orElseThrow();
    }

    public void enter(RoutingContext context) {
        context.put(KEY, this);
    }
}
