package org.sealkeeper.cli.keys;

import picocli.CommandLine.Command;

/** Commands about the keys in the token. */
@Command(
        name = "keys",
        description = "Make, rotate, certify, list and export the keys of an appliance.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysApplyCommand.class,
            KeysRotateCommand.class,
            KeysChangeStateCommand.class,
            KeysDestroyVersionCommand.class,
            KeysCsrCommand.class,
            KeysImportCertificateCommand.class,
            KeysListCommand.class,
            KeysExportCommand.class
        })
public final class KeysCommand {}
