package org.sealkeeper.testing;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.http.identity.Caller;
import org.sealkeeper.http.identity.ClientCertificate;
import org.sealkeeper.kernel.CallerId;

/** Callers as the front door knows them, for tests behind it. */
public final class Callers {
    private Callers() {}

    /** The holder of a certificate with this SAN URI. */
    public static Caller certified(String uri) {
        var certificate = new ClientCertificate(new CallerId(uri), Instant.MAX, "thumbprint");
        return new Caller(Optional.of(certificate), Optional.empty());
    }
}
