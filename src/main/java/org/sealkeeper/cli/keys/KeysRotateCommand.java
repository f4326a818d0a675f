package org.sealkeeper.cli.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeysFile;
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
            "It is in the tokens of the version before it or, with -f, in those that are declared.",
            "Beside a running service: its next request uses the new version."
        },
        footer = {
            "",
            "Exit codes: 0 made, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys rotate --config appliance.yaml --alias patient-data",
            "  sealkeeper keys rotate --config appliance.yaml --alias patient-data --request requests/"
        })
final class KeysRotateCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key-encryption key.")
    KeyAlias alias;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The declared keys, where the tokens of this one changed.")
    @Nullable
    Path file;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        Optional<DeclaredKeyEncryptionKey> declared = Optional.ofNullable(file).map(this::declared);
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(rotation(administration, declared)), json);
            } else {
                rotate(administration, declared);
            }
        }
        return ExitCode.OK;
    }

    private Change rotation(KeyAdministration administration, Optional<DeclaredKeyEncryptionKey> declared) {
        try (Tokens tokens = administration.tokens()) {
            return administration.keyEncryptionKeys(tokens).rotation(alias, declared);
        }
    }

    private void rotate(KeyAdministration administration, Optional<DeclaredKeyEncryptionKey> declared) {
        try (Tokens tokens = administration.tokens()) {
            var made = administration.keyEncryptionKeys(tokens).rotate(alias, declared);
            spec.commandLine().getOut().println(KeyEncryptionKeyText.of(made, json));
        }
    }

    private DeclaredKeyEncryptionKey declared(Path keys) {
        return KeysFile.read(keys)
                .keyEncryptionKey(alias)
                .orElseThrow(() ->
                        new ConfigurationFault(keys + ": expected key-encryption key '" + alias + "' to be declared"));
    }
}
