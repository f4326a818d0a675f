package org.sealkeeper.testing;

import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;

/** Callers as the front door knows them, for tests behind it. */
public final class Callers {
    private Callers() {}

    /** The holder of a certificate with this SAN URI. */
    public static Caller certified(String uri) {
        return Caller.of(new CallerId(uri));
    }
}
