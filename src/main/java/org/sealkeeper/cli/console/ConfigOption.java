package org.sealkeeper.cli.console;

import java.nio.file.Path;
import java.util.Objects;
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

    /** What paths in the file are relative to. */
    public Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "expected a file");
    }

    /** The file itself. */
    public Path path() {
        return file;
    }

    public ApplianceFile read() {
        return ApplianceFile.read(file);
    }
}
