package org.sealkeeper.cli;

import picocli.CommandLine.Command;

/** Commands about the keys in the token. */
@Command(
        name = "keys",
        description = "Make, list and export the signing keys of an appliance.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeysApplyCommand.class, KeysListCommand.class, KeysExportCommand.class})
final class KeysCommand {}
