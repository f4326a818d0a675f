package org.sealkeeper.cli.datakeys;

import picocli.CommandLine.Command;

/** Commands about many data keys. */
@Command(
        name = "data-keys",
        mixinStandardHelpOptions = true,
        description = "Work on the wrapped data keys of many records.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = DataKeysRewrapCommand.class)
public final class DataKeysCommand {}
