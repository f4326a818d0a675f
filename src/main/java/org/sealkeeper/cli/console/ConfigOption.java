package org.sealkeeper.cli.console;

import java.nio.file.Path;
import org.sealkeeper.config.ApplianceFile;
import picocli.CommandLine.Option;

/** Which appliance a command is about. */
public final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:SEALKEEPER_CONFIG:-appliance.yaml}",
            description = "The appliance's file (default: $SEALKEEPER_CONFIG, else appliance.yaml).")
    Path file;

    public ApplianceFile read() {
        return ApplianceFile.read(file);
    }
}
