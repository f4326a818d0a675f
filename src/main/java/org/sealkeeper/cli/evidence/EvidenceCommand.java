package org.sealkeeper.cli.evidence;

import picocli.CommandLine.Command;

/** Commands on evidence. */
@Command(
        name = "evidence",
        description = "Hand one file to somebody that proves one thing, and judge such a file offline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EvidenceMakeCommand.class, EvidenceVerifyCommand.class})
public final class EvidenceCommand {}
