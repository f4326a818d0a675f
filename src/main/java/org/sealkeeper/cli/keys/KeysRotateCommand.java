package org.sealkeeper.cli.keys;

import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.KeyAlias;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a new version of a key-encryption key. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Make a new version of a key-encryption key. It wraps all new data keys from now on; the version before it",
            "only unwraps, and stays until it is destroyed. May be interrupted at any moment and run again.",
            "Beside a running service: its next request uses the new version."
        },
        footer = {
            "",
            "Exit codes: 0 made, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys rotate --config appliance.yaml --alias patient-data"
        })
final class KeysRotateCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key-encryption key.")
    KeyAlias alias;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (var administration = KeyAdministration.open(config.read());
                Hsm hsm = administration.token()) {
            var made = administration.keyEncryptionKeys(hsm).rotate(alias);
            spec.commandLine().getOut().println(KeyEncryptionKeyText.of(made, json));
        }
        return ExitCode.OK;
    }
}
