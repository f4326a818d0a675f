package org.sealkeeper.cli.keys;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
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
            "Make in the tokens every key that is declared and missing; prove those that are there.",
            "Never changes or destroys a key. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Prints one line for each key in each token: created, finished (an interrupted run had begun it), or unchanged.",
            "A key-encryption key whose declared tokens changed stays in those of its active version until it is rotated.",
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
                Tokens tokens = administration.tokens()) {
            Provisioning provisioning = administration.signingKeys(tokens);
            KeyEncryptionKeyProvisioning keyEncryption = administration.keyEncryptionKeys(tokens);
            provisioning.check(declared.keys());
            declared.keyEncryptionKeys().forEach(keyEncryption::check);
            declared.keys().forEach(key -> apply(provisioning, key));
            declared.keyEncryptionKeys().forEach(key -> apply(keyEncryption, key));
        }
        return ExitCode.OK;
    }

    private void apply(Provisioning provisioning, DeclaredKey key) {
        provisioning.tokensOf(key).forEach(token -> apply(provisioning, key, token));
    }

    private void apply(Provisioning provisioning, DeclaredKey key, Hsm token) {
        if (!provisioning.exists(key, token)) {
            // The search for RSA primes may take longer than the two seconds a command may be silent.
            spec.commandLine()
                    .getErr()
                    .println("key '" + key.alias() + "': making it in the token '" + token.label() + "'");
        }
        ProvisionedKey done = provisioning.apply(key, token);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(done) : text(done));
        out.flush();
    }

    private void apply(KeyEncryptionKeyProvisioning provisioning, DeclaredKeyEncryptionKey key) {
        ProvisionedKeyEncryptionKey done = provisioning.apply(key);
        PrintWriter out = spec.commandLine().getOut();
        out.println(KeyEncryptionKeyText.of(done, json));
        out.flush();
        List<TokenLabel> wanted = provisioning.tokensOf(key);
        if (!Set.copyOf(wanted).equals(Set.copyOf(done.key().tokens()))) {
            spec.commandLine()
                    .getErr()
                    .println("key-encryption key '" + key.alias() + "': declared for the tokens " + text(wanted)
                            + ", but its active version is in "
                            + text(done.key().tokens())
                            + "; run 'sealkeeper keys rotate --alias " + key.alias() + " -f " + file
                            + "' for a version in those that are declared");
        }
    }

    private static String text(List<TokenLabel> tokens) {
        return tokens.stream().map(TokenLabel::value).collect(Collectors.joining(", "));
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
