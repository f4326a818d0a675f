package org.sealkeeper.cli.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.mirror.HttpSource;
import picocli.CommandLine.Option;

/** How a log's server is spoken to. */
public final class ServerOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(names = "--cert", paramLabel = "FILE", description = "Your client certificate, and its chain, PEM or DER.")
    Optional<Path> certificate = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PEM or DER.")
    Optional<Path> key = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The authorities that may vouch for the server, PEM or DER. Default: those of the JDK.")
    Optional<Path> authorities = Optional.empty();

    public HttpSource open(LogUrl url) {
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigurationFault("expected --cert and --key together, found one of them alone");
        }
        return new HttpSource(url.uri(), ClientTls.context(certificate, key, authorities), TIMEOUT);
    }
}
