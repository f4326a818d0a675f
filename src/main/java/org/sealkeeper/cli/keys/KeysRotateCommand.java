package org.sealkeeper.cli.keys;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
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

/** Makes a new version of a key, which wraps or signs from then on. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Make a new version of a key, which wraps or signs from now on. May be interrupted at any moment and run again.",
            "Of a key-encryption key it wraps all new data keys; the version before it only unwraps, until it is destroyed.",
            "Of a key that signs blocks it signs them; the version before it is deactivated. Of one that signs checkpoints it",
            "signs beside the version before it, until that is deactivated: verifiers are handed the new one meanwhile.",
            "It is in the tokens of the version before it or, with -f, in those that are declared.",
            "Beside a running service: it uses the new version within seconds, and no request fails."
        },
        footer = {
            "",
            "Exit codes: 0 made, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys rotate --config appliance.yaml --alias patient-data",
            "  sealkeeper keys rotate --config appliance.yaml --alias lab-a-blocks --prepare",
            "  sealkeeper keys rotate --config appliance.yaml --alias patient-data --request requests/"
        })
final class KeysRotateCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key.")
    KeyAlias alias;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The declared keys, where the tokens of this one changed.")
    @Nullable
    Path file;

    @Option(
            names = "--prepare",
            description = {
                "Only make it: it signs nothing before this command is run again without --prepare. A running service",
                "publishes its public half meanwhile. For keys that sign."
            })
    boolean prepare;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        Optional<KeysFile> declared = Optional.ofNullable(file).map(KeysFile::read);
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration, asked(administration, declared), json);
            } else {
                rotate(administration, declared);
            }
        }
        return ExitCode.OK;
    }

    private List<Change> asked(KeyAdministration administration, Optional<KeysFile> declared) {
        try (Tokens tokens = administration.tokens()) {
            if (administration.signs(alias)) {
                return signing(administration, declared).asked(tokens);
            }
            refusePrepare();
            return List.of(administration.keyEncryptionKeys(tokens).rotation(alias, keyEncryptionKey(declared)));
        }
    }

    private void rotate(KeyAdministration administration, Optional<KeysFile> declared) {
        try (Tokens tokens = administration.tokens()) {
            PrintWriter out = spec.commandLine().getOut();
            if (administration.signs(alias)) {
                signing(administration, declared)
                        .rotate(tokens)
                        .forEach(key -> out.println(json ? JsonResult.of(KeyText.members(key)) : KeyText.line(key)));
                return;
            }
            refusePrepare();
            var made = administration.keyEncryptionKeys(tokens).rotate(alias, keyEncryptionKey(declared));
            out.println(KeyEncryptionKeyText.of(made, json));
        }
    }

    private SigningKeyRotation signing(KeyAdministration administration, Optional<KeysFile> declared) {
        return new SigningKeyRotation(administration, alias, declared.map(keys -> declared(keys.key(alias))), prepare);
    }

    private Optional<DeclaredKeyEncryptionKey> keyEncryptionKey(Optional<KeysFile> declared) {
        return declared.map(keys -> declared(keys.keyEncryptionKey(alias)));
    }

    private <T> T declared(Optional<T> key) {
        return key.orElseThrow(() -> new ConfigurationFault(file + ": expected key '" + alias + "' to be declared"));
    }

    private void refusePrepare() {
        if (prepare) {
            throw new ConfigurationFault("--prepare is for keys that sign; there is no key '" + alias + "' that signs");
        }
    }
}
