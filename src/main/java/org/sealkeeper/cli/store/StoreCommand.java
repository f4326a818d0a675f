package org.sealkeeper.cli.store;

import picocli.CommandLine.Command;

/** Commands about the store. */
@Command(
        name = "store",
        description = "Create the store of a new appliance, or move one into PostgreSQL.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StoreInitCommand.class, StoreMigrateCommand.class})
public final class StoreCommand {}
