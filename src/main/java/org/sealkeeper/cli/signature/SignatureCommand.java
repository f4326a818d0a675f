package org.sealkeeper.cli.signature;

import picocli.CommandLine.Command;

/** Commands about single signatures. */
@Command(
        name = "signature",
        description = "Verify single signatures, offline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SignatureVerifyCommand.class})
public final class SignatureCommand {}
