package org.sealkeeper.identity;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A workload by its certificate, a human or a service by a token, or one on behalf of the other by both. */
public record Caller(Optional<CallerId> certificate, Optional<BearerToken> token) {
    private static final String FOR = " for ";

    /** @throws IllegalArgumentException if there is neither */
    public Caller {
        if (certificate.isEmpty() && token.isEmpty()) {
            throw new IllegalArgumentException("expected a caller with a certificate or a token");
        }
    }

    /** The holder of a certificate. */
    public static Caller of(CallerId certificate) {
        return new Caller(Optional.of(certificate), Optional.empty());
    }

    /** One name, for people: the certificate's, else the token's subject, an {@code @} and its issuer. */
    public String name() {
        return names().findFirst().orElseThrow();
    }

    /**
     * The whole name: of two people who call through one workload, one must not act in the other's emergency.
     *
     * @return the certificate's name, the token's {@code subject@issuer}, or both with {@code " for "} between them
     */
    public String fullName() {
        return names().collect(Collectors.joining(FOR));
    }

    private Stream<String> names() {
        return Stream.concat(
                certificate.stream().map(CallerId::value), token.stream().map(Caller::name));
    }

    /**
     * Whether someone of this {@link #fullName} may be the same: the person behind the token where this caller has one, through whichever
     * workload; else the workload, whatever it acts for.
     */
    public boolean mayBe(String otherFullName) {
        String name = token.map(Caller::name).orElseGet(this::name);
        return otherFullName.equals(name)
                || otherFullName.endsWith(FOR + name)
                || otherFullName.startsWith(name + FOR)
                || otherFullName.equals(names().findFirst().orElseThrow());
    }

    private static String name(BearerToken bearer) {
        return bearer.subject() + "@" + bearer.issuer();
    }

    /** The same caller, whatever else its token says. */
    public Caller withoutClaims() {
        return new Caller(certificate, token.map(BearerToken::withoutClaims));
    }

    /** The same caller, whichever of its tokens it showed. */
    public Caller withoutTokenId() {
        return new Caller(certificate, token.map(BearerToken::withoutTokenId));
    }
}
