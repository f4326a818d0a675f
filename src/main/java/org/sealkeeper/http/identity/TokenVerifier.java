package org.sealkeeper.http.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.identity.BearerToken;

/** Checks bearer tokens. The doors know no more of issuers than this. */
public interface TokenVerifier {

    /**
     * Checks a token; all but whether it is bound to the certificate it is shown with. Never blocks; completes at once with
     * what it knows already.
     *
     * @param token as it stands in the header
     */
    CompletionStage<Verdict> verify(String token);

    /** What a token is worth. */
    sealed interface Verdict {

        /**
         * It names its bearer.
         *
         * @param expires from when on it proves nothing, the tolerated clock skew included
         * @param boundTo the thumbprint of the one certificate it may be shown with (RFC 8705 section 3.1); empty where it is not bound
         */
        record Good(BearerToken token, Instant expires, Optional<String> boundTo) implements Verdict {}

        /**
         * It proves nothing.
         *
         * @param reason in words of ours, for the caller: never a part of the token
         */
        record Bad(String reason) implements Verdict {}

        /** It cannot be checked now: the keys of its issuer could not be fetched. */
        record Unknown() implements Verdict {}
    }
}
