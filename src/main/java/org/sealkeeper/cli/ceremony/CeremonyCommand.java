package org.sealkeeper.cli.ceremony;

import picocli.CommandLine.Command;

/** Commands about changes that several officers approve. */
@Command(
        name = "ceremony",
        description = {
            "Approve and execute changes of keys, recipients, rewrap windows and officers.",
            "A request is made by the command for the change itself, with --request FOLDER."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CeremonyApproveCommand.class,
            CeremonyExecuteCommand.class,
            CeremonyListCommand.class,
            CeremonyTranscriptCommand.class,
            CeremonyVerifyCommand.class,
            CeremonyReportCommand.class
        })
public final class CeremonyCommand {}
