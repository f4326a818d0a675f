package org.sealkeeper.cli.token;

import picocli.CommandLine.Command;

/** Commands about the token itself. */
@Command(
        name = "token",
        description = "Make the token that will hold the keys.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenInitCommand.class})
public final class TokenCommand {}
