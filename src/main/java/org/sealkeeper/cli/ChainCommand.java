package org.sealkeeper.cli;

import picocli.CommandLine.Command;

/** Commands about whole chains. */
@Command(
        name = "chain",
        description = "Verify whole chains of signed blocks, offline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ChainVerifyCommand.class})
final class ChainCommand {}
