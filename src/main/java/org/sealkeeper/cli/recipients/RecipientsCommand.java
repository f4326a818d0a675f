package org.sealkeeper.cli.recipients;

import picocli.CommandLine.Command;

/** Commands about the recipients of data keys. */
@Command(
        name = "recipients",
        description = "Enroll, retire and list those to whom data keys may be released.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RecipientsEnrollCommand.class, RecipientsRetireCommand.class, RecipientsListCommand.class})
public final class RecipientsCommand {}
