package org.sealkeeper.cli.devpki;

import java.net.URI;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.sealkeeper.kernel.RecipientName;

/**
 * What one certificate of the development PKI says.
 *
 * @param name the name of its files and of its subject
 */
public record DevelopmentCertificate(String name, GeneralNames alternativeNames, Use use) {
    private static final Pattern CLIENT_NAME = Pattern.compile("(?!ca$|server$|recipient-)[a-z0-9][a-z0-9-]{0,62}");

    /** What a certificate is for. */
    public enum Use {
        SERVER,
        CLIENT,
        /** Data keys are encrypted to it; no TLS peer accepts it. */
        RECIPIENT
    }

    /** The appliance's own, for callers on this machine. */
    public static DevelopmentCertificate server() {
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
        return new DevelopmentCertificate("server", names, Use.SERVER);
    }

    /** A caller's, whose identity is the URI. */
    public static DevelopmentCertificate client(String name, URI identity) {
        if (!CLIENT_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a client name of a-z, 0-9 and '-' other than ca, server and recipient-…, found '" + name
                            + "'");
        }
        if (!identity.isAbsolute()) {
            throw new IllegalArgumentException("expected an absolute URI for " + name + ", found '" + identity + "'");
        }
        var names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, identity.toString()));
        return new DevelopmentCertificate(name, names, Use.CLIENT);
    }

    /** That of a recipient of data keys. */
    static DevelopmentCertificate recipient(RecipientName recipient) {
        var names = new GeneralNames(
                new GeneralName(GeneralName.uniformResourceIdentifier, "urn:sealkeeper:recipient:" + recipient));
        return new DevelopmentCertificate("recipient-" + recipient, names, Use.RECIPIENT);
    }
}
