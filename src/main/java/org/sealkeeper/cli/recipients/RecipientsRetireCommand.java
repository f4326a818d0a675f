package org.sealkeeper.cli.recipients;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends releases to a recipient. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = {
            "Release nothing more to a recipient, from now on, and destroy his key in the token. Needs the user PIN of",
            "appliance.yaml only. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 retired, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper recipients retire --config appliance.yaml --name lab-a"
        })
final class RecipientsRetireCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config = new ConfigOption();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The recipient.")
    RecipientName name = new RecipientName("none");

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
            var recipients = new Recipients(store, InstantSource.system(), lock);
            print(recipients.retire(name, hsm) ? "retired" : "unchanged");
        }
        return ExitCode.OK;
    }

    private void print(String outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", name);
        members.put("outcome", outcome);
        spec.commandLine().getOut().println(json ? JsonResult.of(members) : name + ": " + outcome);
    }
}
