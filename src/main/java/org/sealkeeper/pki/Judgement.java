package org.sealkeeper.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** The verdict on a client's certificate. */
public sealed interface Judgement {

    /**
     * Issued by one of our authorities, and valid.
     *
     * @param until when that ends: with the first certificate of the chain to end, or revocation list to be overdue
     */
    record Genuine(X509Certificate certificate, Instant until) implements Judgement {}

    /**
     * Not issued by an authority that is trusted, or not valid for this.
     *
     * @param why for its holder, as a sentence about "the client certificate"
     */
    record Refused(String why) implements Judgement {}
}
