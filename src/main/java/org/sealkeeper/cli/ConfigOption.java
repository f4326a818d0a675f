package org.sealkeeper.cli;

import java.nio.file.Path;
import org.sealkeeper.config.ApplianceFile;
import picocli.CommandLine.Option;

/** Which appliance a command is about. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:SEALKEEPER_CONFIG:-appliance.yaml}",
            description = "The appliance's file (default: $SEALKEEPER_CONFIG, else appliance.yaml).")
    Path file = Path.of("appliance.yaml");

    ApplianceFile read() {
        return ApplianceFile.read(file);
    }
}
