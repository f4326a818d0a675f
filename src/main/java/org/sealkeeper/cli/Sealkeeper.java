package org.sealkeeper.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.cli.assess.AssessCommand;
import org.sealkeeper.cli.audit.AuditCommand;
import org.sealkeeper.cli.catalogue.CatalogueCommand;
import org.sealkeeper.cli.ceremony.ApplyCommand;
import org.sealkeeper.cli.ceremony.CeremonyCommand;
import org.sealkeeper.cli.chain.ChainCommand;
import org.sealkeeper.cli.console.Arguments;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.StandardOutput;
import org.sealkeeper.cli.console.UnwritableOutput;
import org.sealkeeper.cli.datakeys.DataKeysCommand;
import org.sealkeeper.cli.devpki.DevPkiCommand;
import org.sealkeeper.cli.evidence.EvidenceCommand;
import org.sealkeeper.cli.guard.GuardCommand;
import org.sealkeeper.cli.keys.KeysCommand;
import org.sealkeeper.cli.keys.PlanCommand;
import org.sealkeeper.cli.officers.OfficersCommand;
import org.sealkeeper.cli.policy.PolicyCommand;
import org.sealkeeper.cli.recipients.RecipientsCommand;
import org.sealkeeper.cli.record.RecordCommand;
import org.sealkeeper.cli.rewrapwindow.RewrapWindowCommand;
import org.sealkeeper.cli.signature.SignatureCommand;
import org.sealkeeper.cli.store.StoreCommand;
import org.sealkeeper.cli.token.TokenCommand;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.mirror.InvalidLog;
import org.sealkeeper.mirror.MalformedLog;
import org.sealkeeper.sealing.ApplianceRefusal;
import org.sealkeeper.sealing.MalformedFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command line's front door. */
@Command(
        name = "sealkeeper",
        description = "Provision the HSM keys of a signing appliance, and verify offline what it signed.",
        mixinStandardHelpOptions = true,
        version = "sealkeeper 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes of every command: 0 done or valid, 1 refused or invalid, 2 wrong usage, configuration or unreadable",
            "input, 3 the token, the store, the disk or the network failed, 4 done, but standard output could not be written",
            "(141, silently, where its reader went away)."
        })
public final class Sealkeeper {
    private static final List<Class<?>> GROUPS = List.of(
            TokenCommand.class,
            StoreCommand.class,
            KeysCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            OfficersCommand.class,
            CeremonyCommand.class,
            CatalogueCommand.class,
            RecipientsCommand.class,
            RewrapWindowCommand.class,
            SignatureCommand.class,
            ChainCommand.class,
            GuardCommand.class,
            AuditCommand.class,
            EvidenceCommand.class,
            AssessCommand.class,
            PolicyCommand.class,
            RecordCommand.class,
            DataKeysCommand.class,
            DevPkiCommand.class);

    private Sealkeeper() {}

    public static void main(String[] arguments) {
        // The JDK logs through the service's log manager, which complains on standard error where it is not named
        // first.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), arguments));
    }

    /**
     * Runs a command, and says whatever became of it in a sentence and an exit code.
     *
     * @param out standard output, unbuffered
     * @param err standard error
     */
    public static int run(OutputStream out, OutputStream err, String... arguments) {
        var told = StandardOutput.writer(out);
        var complaints = new PrintWriter(err, true, StandardCharsets.UTF_8);
        Optional<String> unreadable =
                Arguments.complaint(List.of(arguments), System.getProperty("sun.jnu.encoding", ""));
        if (unreadable.isPresent()) {
            complaints.println("sealkeeper: " + unreadable.get());
            return ExitCode.USAGE;
        }
        try {
            int exitCode =
                    commandLine(arguments).setOut(told).setErr(complaints).execute(arguments);
            told.flush();
            return exitCode;
        } catch (UnwritableOutput e) {
            return untold(e, complaints);
        } catch (Error e) {
            // The JVM would print a stack trace, and end with the code of an invalid signature.
            complaints.println("sealkeeper: unexpected failure: " + e);
            return ExitCode.FAULT;
        }
    }

    /** All commands. */
    public static CommandLine commandLine() {
        return commandLine(GROUPS);
    }

    /** Those that these words can mean: to describe all others takes longer than most commands do. */
    private static CommandLine commandLine(String... arguments) {
        List<Class<?>> named =
                GROUPS.stream().filter(group -> isNamed(group, arguments)).toList();
        return commandLine(named.isEmpty() ? GROUPS : named);
    }

    private static boolean isNamed(Class<?> group, String... arguments) {
        return arguments.length > 0 && group.getAnnotation(Command.class).name().equals(arguments[0]);
    }

    private static CommandLine commandLine(List<Class<?>> groups) {
        var all = new CommandLine(new Sealkeeper());
        groups.forEach(all::addSubcommand);
        return OptionValues.registerIn(all)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Sealkeeper::helpOrRun)
                .setParameterExceptionHandler(Sealkeeper::pointToHelp)
                .setExecutionExceptionHandler(Sealkeeper::explain);
    }

    /** Help is no command to picocli: what fails while it is printed never comes to {@link #explain}. */
    private static int helpOrRun(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (UnwritableOutput e) {
            return untold(e, parsed.commandSpec().commandLine().getErr());
        }
    }

    /** One line about what is wrong; the whole help would hide it. */
    private static int pointToHelp(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String message = failure instanceof MaxValuesExceededException
                ? "some of these options exclude one another"
                : String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
        command.getErr().println("sealkeeper: " + message);
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** Prints what an operator can act upon, without a stack trace. */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        return switch (failure) {
            case UnwritableOutput unwritable -> untold(unwritable, err);
            case ConfigurationFault fault -> {
                err.println("sealkeeper: " + fault.getMessage());
                yield ExitCode.USAGE;
            }
            case MalformedLog malformed -> {
                err.println("sealkeeper: " + malformed.getMessage());
                yield ExitCode.USAGE;
            }
            case MalformedFile malformed -> {
                err.println("sealkeeper: " + malformed.getMessage());
                yield ExitCode.USAGE;
            }
            case InvalidLog invalid -> {
                err.println("sealkeeper: " + invalid.getMessage());
                yield ExitCode.INVALID;
            }
            case ApplianceRefusal refusal -> {
                err.println("sealkeeper: " + refusal.getMessage());
                yield ExitCode.INVALID;
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

    private static int untold(UnwritableOutput failure, PrintWriter err) {
        if (failure.isClosedPipe()) {
            return ExitCode.CLOSED_PIPE;
        }
        err.println("sealkeeper: " + failure.getMessage());
        return ExitCode.UNTOLD;
    }
}
