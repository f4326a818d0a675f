package org.sealkeeper.console.signin;

import java.time.Instant;
import org.sealkeeper.issuers.CodeRequest;

/**
 * A sign-in that a browser began.
 *
 * @param issuer the one it was sent to
 * @param network where it came from
 * @param expires when it is too late to end it
 */
record Pending(String issuer, CodeRequest request, String network, Instant expires) {}
