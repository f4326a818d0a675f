package org.sealkeeper.cli.rewrapwindow;

import picocli.CommandLine.Command;

/** Commands about rewrap windows. */
@Command(
        name = "rewrap-window",
        description = "Open and close the times in which data keys move to a new version of their key.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RewrapWindowOpenCommand.class, RewrapWindowCloseCommand.class, RewrapWindowListCommand.class})
public final class RewrapWindowCommand {}
