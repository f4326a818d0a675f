package org.sealkeeper.cli;

import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Fault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line's front door. */
@Command(
        name = "sealkeeper",
        description = "Provision the HSM keys of a signing appliance, and verify offline what it signed.",
        mixinStandardHelpOptions = true,
        version = "sealkeeper 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {})
public final class Sealkeeper {
    private Sealkeeper() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Sealkeeper())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Sealkeeper::explain);
    }

    /** Prints what an operator can act upon, without a stack trace. */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        return switch (failure) {
            case ConfigurationFault fault -> {
                err.println("sealkeeper: " + fault.getMessage());
                yield ExitCode.USAGE;
            }
            case Fault fault -> {
                err.println("sealkeeper: " + fault.getMessage());
                yield ExitCode.FAULT;
            }
            default -> {
                err.println("sealkeeper: unexpected failure: " + failure);
                yield ExitCode.FAULT;
            }
        };
    }
}
