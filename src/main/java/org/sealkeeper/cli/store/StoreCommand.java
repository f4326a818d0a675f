package org.sealkeeper.cli.store;

import picocli.CommandLine.Command;

/** Commands about the store. */
@Command(
        name = "store",
        description = "Create the store of a new appliance, move one into PostgreSQL, or share it there.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StoreInitCommand.class,
            StoreMigrateCommand.class,
            StoreJoinCommand.class,
            StoreAppliancesCommand.class,
            StoreRetireCommand.class
        })
public final class StoreCommand {}
