package org.sealkeeper.cli.guard;

import picocli.CommandLine.Command;

/** Commands that carry what keeps a chain from being signed twice from one appliance to another. */
@Command(
        name = "guard",
        description = "Hand chains over from one appliance to another, so that never two sign one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GuardExportCommand.class, GuardImportCommand.class})
public final class GuardCommand {}
