package org.sealkeeper.cli.store;

import picocli.CommandLine.Command;

/** Commands about the store. */
@Command(
        name = "store",
        description = "Create the store of a new appliance.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StoreInitCommand.class})
public final class StoreCommand {}
