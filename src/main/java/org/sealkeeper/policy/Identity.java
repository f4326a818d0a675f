package org.sealkeeper.policy;

import java.util.Optional;
import org.sealkeeper.kernel.CallerId;

/** The caller: a workload by its certificate, a human or a service by a token, or one on behalf of the other by both. */
public record Identity(Optional<CallerId> certificate, Optional<TokenIdentity> token) {

    /** @throws IllegalArgumentException if there is neither */
    public Identity {
        if (certificate.isEmpty() && token.isEmpty()) {
            throw new IllegalArgumentException("expected a caller with a certificate or a token");
        }
    }

    /** The holder of this certificate. */
    public static Identity of(CallerId certificate) {
        return new Identity(Optional.of(certificate), Optional.empty());
    }

    /** In conditions: the certificate's name, else the token's subject. */
    String id() {
        return certificate
                .map(CallerId::value)
                .or(() -> token.map(TokenIdentity::subject))
                .orElseThrow();
    }

    /** In conditions: {@code certificate}, {@code token}, or {@code certificate+token}. */
    String authentication() {
        if (token.isEmpty()) {
            return "certificate";
        }
        return certificate.isEmpty() ? "token" : "certificate+token";
    }
}
