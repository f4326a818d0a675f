package org.sealkeeper.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** What is to be thought of a client's certificate. */
public sealed interface Judgement {

    /**
     * One of our authorities vouches for it.
     *
     * @param until when that ends: with the first certificate of the chain to end, or revocation list to be overdue
     */
    record Genuine(X509Certificate certificate, Instant until) implements Judgement {}

    /**
     * Nobody we trust vouches for it, or not for this.
     *
     * @param why for its holder, as a sentence about "the client certificate"
     */
    record Refused(String why) implements Judgement {}
}
