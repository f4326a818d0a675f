package org.sealkeeper.cli.keys;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Destroys an old version of a key-encryption key. */
@Command(
        name = "destroy-version",
        mixinStandardHelpOptions = true,
        description = {
            "Destroy a version of a key-encryption key that only unwraps, and prove that it is gone from the token.",
            "WHAT IT WRAPPED IS LOST FOR GOOD: re-wrap every data key first, in the ledgers and their backups.",
            "The active version is refused."
        },
        footer = {
            "",
            "Exit codes: 0 destroyed, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper keys destroy-version --config appliance.yaml --alias patient-data --version-number 1 --yes"
        })
final class KeysDestroyVersionCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config = new ConfigOption();

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key-encryption key.")
    KeyAlias alias = new KeyAlias("none");

    @Option(names = "--version-number", required = true, paramLabel = "N", description = "The version.")
    Count version = new Count(1);

    @Option(names = "--yes", description = "Destroy it. Without this nothing is done.")
    boolean yes;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!yes) {
            throw new ConfigurationFault("what key '" + alias + "' version " + version.value()
                    + " wrapped would be lost for good; nothing was done: add --yes if that is meant");
        }
        ApplianceFile appliance = config.read();
        try (Store store = SqliteStore.open(appliance.store());
                ProvisioningLock lock = ProvisioningLock.take(appliance.store());
                Hsm hsm = Hsm.open(TokenSettings.of(appliance.token()))) {
            var provisioning =
                    new KeyEncryptionKeyProvisioning(hsm, store, new SecureRandom(), InstantSource.system(), lock);
            print(provisioning.destroy(alias, version.value()) ? "destroyed" : "unchanged");
        }
        return ExitCode.OK;
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
