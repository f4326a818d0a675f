package org.sealkeeper.cli.connection;

import java.nio.file.Path;
import java.util.Optional;
import org.sealkeeper.sealing.ApplianceClient;
import picocli.CommandLine.Option;

/** Which appliance is asked, and as which caller. */
public final class ApplianceOptions {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The appliance's API, such as https://host:8443.")
    ApplianceUrl url;

    @Option(
            names = "--cert",
            required = true,
            paramLabel = "FILE",
            description = "Your client certificate, and its chain, PEM or DER.")
    Path certificate;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "Its private key, PEM or DER.")
    Path key;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The authorities that may vouch for the appliance, PEM or DER. Default: those of the JDK.")
    Optional<Path> authorities = Optional.empty();

    public ApplianceClient open() {
        return new ApplianceClient(
                url.uri(), ClientTls.context(Optional.of(certificate), Optional.of(key), authorities));
    }
}
