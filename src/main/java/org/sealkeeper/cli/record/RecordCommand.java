package org.sealkeeper.cli.record;

import picocli.CommandLine.Command;

/** Commands of the systems that own records. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description =
                "Seal records with data keys of the appliance, and open them again. Records never leave this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RecordSealCommand.class, RecordOpenCommand.class})
public final class RecordCommand {}
