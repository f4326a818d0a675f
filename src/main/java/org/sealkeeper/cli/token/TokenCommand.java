package org.sealkeeper.cli.token;

import picocli.CommandLine.Command;

/** Commands about the token itself. */
@Command(
        name = "token",
        description = "Make the token that holds the keys, and show what it is like.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TokenInitCommand.class,
            TokenStatusCommand.class,
            TokenInspectCommand.class,
            TokenForgetCommand.class
        })
public final class TokenCommand {}
