package org.sealkeeper.cli;

import picocli.CommandLine.Command;

/** Commands about many data keys. */
@Command(
        name = "data-keys",
        mixinStandardHelpOptions = true,
        description = "Work on the wrapped data keys of many records.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = DataKeysRewrapCommand.class)
final class DataKeysCommand {}
