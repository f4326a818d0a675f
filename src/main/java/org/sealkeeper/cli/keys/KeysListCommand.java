package org.sealkeeper.cli.keys;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the catalogue of keys. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List every version of every key in the catalogue. Needs the store, not the tokens.",
        footer = {
            "",
            "Exit codes: 0 listed, 2 wrong usage or configuration, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper keys list --config appliance.yaml"
        })
final class KeysListCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ApplianceFile appliance = config.read();
        try (Store store = Store.open(appliance.store())) {
            var keyEncryptionKeys = new KeyEncryptionKeys(store);
            var catalogue = KeyCatalogue.open(store, appliance.tokenLabels());
            catalogue
                    .keys()
                    .forEach(key -> out.println(json ? JsonResult.of(KeyText.members(key)) : KeyText.line(key)));
            catalogue
                    .pending()
                    .forEach(key -> out.println(json ? JsonResult.of(KeyText.members(key)) : KeyText.line(key)));
            keyEncryptionKeys.all().forEach(key -> out.println(KeyEncryptionKeyText.of(key, json)));
            keyEncryptionKeys.unfinished().forEach(key -> out.println(KeyEncryptionKeyText.unfinished(key, json)));
        }
        return ExitCode.OK;
    }
}
