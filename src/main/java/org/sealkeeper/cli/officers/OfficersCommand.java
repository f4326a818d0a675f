package org.sealkeeper.cli.officers;

import picocli.CommandLine.Command;

/** Commands about those who approve changes. */
@Command(
        name = "officers",
        description = "Name the officers who approve changes of keys, recipients, rewrap windows and officers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {OfficersSetCommand.class, OfficersShowCommand.class})
public final class OfficersCommand {}
