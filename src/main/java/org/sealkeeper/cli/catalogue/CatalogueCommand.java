package org.sealkeeper.cli.catalogue;

import picocli.CommandLine.Command;

/** Commands on the catalogue: what the store knows of keys, recipients, officers, and of what these approved. */
@Command(
        name = "catalogue",
        description = "Keep what is known of the token's keys outside of the store, and bring it back.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CatalogueExportCommand.class, CatalogueVerifyCommand.class, CatalogueImportCommand.class})
public final class CatalogueCommand {}
