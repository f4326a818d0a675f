package org.sealkeeper.cli.recipients;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the recipients. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List everybody who is or was a recipient of data keys. Needs the store, not the token.",
        footer = {
            "",
            "Exit codes: 0 listed, 2 wrong usage or configuration, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper recipients list --config appliance.yaml"
        })
final class RecipientsListCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Store store = Store.open(config.read().store())) {
            new KeyEncryptionKeys(store).recipients().forEach(known -> out.println(RecipientText.of(known, json)));
        }
        return ExitCode.OK;
    }
}
