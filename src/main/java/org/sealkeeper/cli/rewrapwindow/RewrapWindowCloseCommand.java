package org.sealkeeper.cli.rewrapwindow;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.RewrapWindows;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the moving of data keys. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = {
            "Let no more data keys move, from now on, destroy the transit key, and prove that it is gone from the token.",
            "May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 closed, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper rewrap-window close --config appliance.yaml --alias patient-data"
        })
final class RewrapWindowCloseCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config = new ConfigOption();

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key-encryption key.")
    KeyAlias alias = new KeyAlias("none");

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        try (Store store = SqliteStore.open(appliance.store());
                ProvisioningLock lock = ProvisioningLock.take(appliance.store());
                Hsm hsm = Hsm.open(TokenSettings.of(appliance.token()))) {
            var windows = new RewrapWindows(store, new SecureRandom(), InstantSource.system(), lock);
            print(windows.close(alias, hsm) ? "closed" : "unchanged");
        }
        return ExitCode.OK;
    }

    private void print(String outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("alias", alias);
        members.put("outcome", outcome);
        spec.commandLine().getOut().println(json ? JsonResult.of(members) : alias + ": " + outcome);
    }
}
