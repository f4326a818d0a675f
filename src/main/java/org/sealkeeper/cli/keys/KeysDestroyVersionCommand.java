package org.sealkeeper.cli.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Destroys an old version of a key. */
@Command(
        name = "destroy-version",
        mixinStandardHelpOptions = true,
        description = {
            "Destroy a version of a key that signs or wraps no more, and prove that it is gone from its tokens.",
            "WHAT A KEY-ENCRYPTION KEY WRAPPED IS LOST FOR GOOD: re-wrap every data key first, in the ledgers and their backups.",
            "How many data keys the audit log knows under it is to be confirmed by --lost.",
            "What a key signed stays valid: its public half is kept. The active version is refused, and so is one that signed",
            "until a moment ago."
        },
        footer = {
            "",
            "Exit codes: 0 destroyed, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper keys destroy-version --config appliance.yaml --alias patient-data --version-number 1 --yes",
            "  sealkeeper keys destroy-version --config appliance.yaml --alias patient-data --version-number 1 --yes --lost 12"
        })
final class KeysDestroyVersionCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key.")
    KeyAlias alias;

    @Option(names = "--version-number", required = true, paramLabel = "N", description = "The version.")
    Count version;

    @Option(names = "--yes", description = "Destroy it. Without this nothing is done.")
    boolean yes;

    @Option(
            names = "--lost",
            paramLabel = "N",
            description =
                    "How many data keys are meant to be lost, where the audit log knows of some under this version.")
    Optional<Count> lost = Optional.empty();

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!yes) {
            throw new ConfigurationFault(
                    "key '" + alias + "' version " + version.value()
                            + " would be destroyed, and what it wrapped lost for good; nothing was done: add --yes if that is meant");
        }
        ApplianceFile appliance = config.read();
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(destruction(administration)), json);
            } else {
                print(destroy(administration));
            }
        }
        return ExitCode.OK;
    }

    private Change destruction(KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            return administration.signs(alias)
                    ? administration.signingKeyDestruction(tokens).destruction(alias, version.value())
                    : confirmed(administration.keyEncryptionKeys(tokens));
        }
    }

    private String destroy(KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            return administration.signs(alias)
                    ? administration
                            .signingKeyDestruction(tokens)
                            .destroy(alias, version.value())
                            .text()
                    : destroy(administration.keyEncryptionKeys(tokens));
        }
    }

    private String destroy(KeyEncryptionKeyProvisioning keys) {
        return keys.destroy(confirmed(keys)) ? "destroyed" : "unchanged";
    }

    /** The number is typed, so that it was seen. */
    private Change.DestroyKey confirmed(KeyEncryptionKeyProvisioning keys) {
        Change.DestroyKey change = keys.destruction(alias, version.value());
        int meant = lost.map(Count::value).orElse(0);
        if (meant != change.dataKeys()) {
            throw new ConfigurationFault(
                    "the audit log knows of " + change.dataKeys() + " data keys under key '" + alias
                            + "' version " + version.value() + ", found --lost " + meant
                            + "; nothing was done: re-wrap them first, or say how many are meant to be lost");
        }
        return change;
    }

    private void print(String outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("alias", alias);
        members.put("version", (long) version.value());
        members.put("outcome", outcome);
        spec.commandLine()
                .getOut()
                .println(
                        json ? JsonResult.of(members) : "%s version %d: %s".formatted(alias, version.value(), outcome));
    }
}
