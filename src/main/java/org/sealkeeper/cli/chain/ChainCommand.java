package org.sealkeeper.cli.chain;

import picocli.CommandLine.Command;

/** Commands about whole chains. */
@Command(
        name = "chain",
        description = "Verify whole chains of signed blocks, offline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ChainVerifyCommand.class})
public final class ChainCommand {}
