package org.sealkeeper.http.identity;

import java.util.concurrent.CompletionStage;

/** Tells good bearer tokens from bad ones. The doors know no more of issuers than this. */
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

        record Good(BearerToken token) implements Verdict {}

        /**
         * It proves nothing.
         *
         * @param reason in words of ours, for the caller: never a part of the token
         */
        record Bad(String reason) implements Verdict {}

        /** Nobody can tell now: the keys of its issuer could not be fetched. */
        record Unknown() implements Verdict {}
    }
}
