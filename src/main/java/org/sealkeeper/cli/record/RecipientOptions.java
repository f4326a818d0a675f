package org.sealkeeper.cli.record;

import java.nio.file.Path;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.sealing.Recipient;
import picocli.CommandLine.Option;

/** The recipient to which data keys are released. */
final class RecipientOptions {
    @Option(
            names = "--recipient",
            required = true,
            paramLabel = "NAME",
            description = "The enrolled recipient to whom the data key is released: you.")
    RecipientName name;

    @Option(
            names = "--recipient-key",
            required = true,
            paramLabel = "FILE",
            description = "The recipient's RSA private key, PEM or DER. It never leaves this machine.")
    Path key;

    Recipient read() {
        try {
            return new Recipient(name, InputFile.keyFile(key).privateKey());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(key + ": " + e.getMessage(), e);
        }
    }
}
