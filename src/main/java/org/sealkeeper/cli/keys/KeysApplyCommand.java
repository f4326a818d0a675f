package org.sealkeeper.cli.keys;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.ProvisionedKey;
import org.sealkeeper.keys.provisioning.ProvisionedKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the declared keys that are missing. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Make in the token every key that is declared and missing; prove those that are there.",
            "Never changes or destroys a key. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Prints one line a key: created, finished (an interrupted run had begun it), or unchanged.",
            "Exit codes: 0 every declared key is there and proven, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys apply --config appliance.yaml -f hsm-config/keys.yaml"
        })
final class KeysApplyCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The declared keys.")
    Path file;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        KeysFile declared = KeysFile.read(file);
        try (var administration = KeyAdministration.open(appliance);
                Hsm hsm = administration.token()) {
            Provisioning provisioning = administration.signingKeys(hsm);
            KeyEncryptionKeyProvisioning keyEncryption = administration.keyEncryptionKeys(hsm);
            provisioning.check(declared.keys());
            declared.keyEncryptionKeys().forEach(keyEncryption::check);
            declared.keys().forEach(key -> apply(provisioning, key));
            declared.keyEncryptionKeys().forEach(alias -> print(keyEncryption.apply(alias)));
        }
        return ExitCode.OK;
    }

    private void apply(Provisioning provisioning, DeclaredKey key) {
        if (!provisioning.exists(key)) {
            // The search for RSA primes may take longer than the two seconds a command may be silent.
            spec.commandLine().getErr().println("key '" + key.alias() + "': making it in the token");
        }
        ProvisionedKey done = provisioning.apply(key);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(done) : text(done));
        out.flush();
    }

    private void print(ProvisionedKeyEncryptionKey done) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(KeyEncryptionKeyText.of(done, json));
        out.flush();
    }

    private static String text(ProvisionedKey done) {
        return KeyText.line(done.key()) + ": " + done.outcome().text();
    }

    private static String json(ProvisionedKey done) {
        SequencedMap<String, Object> members = KeyText.members(done.key());
        members.put("outcome", done.outcome().text());
        return JsonResult.of(members);
    }
}
