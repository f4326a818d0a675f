package org.sealkeeper.cli.rewrapwindow;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the rewrap windows. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List every rewrap window there is or was. Needs the store, not the token.",
        footer = {
            "",
            "Exit codes: 0 listed, 2 wrong usage or configuration, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper rewrap-window list --config appliance.yaml"
        })
final class RewrapWindowListCommand implements Callable<Integer> {
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
            new KeyEncryptionKeys(store).windows().forEach(window -> out.println(json ? json(window) : text(window)));
        }
        return ExitCode.OK;
    }

    private static String text(RewrapWindow window) {
        return "%s from version %d to %d, opened %s, %s"
                .formatted(
                        window.alias(),
                        window.from(),
                        window.to(),
                        window.openedAt(),
                        window.closedAt().map(time -> "closed " + time).orElse("open"));
    }

    private static String json(RewrapWindow window) {
        var members = new LinkedHashMap<String, Object>();
        members.put("alias", window.alias());
        members.put("from", (long) window.from());
        members.put("to", (long) window.to());
        members.put("ckaId", window.transit());
        members.put("openedAt", window.openedAt());
        window.closedAt().ifPresent(time -> members.put("closedAt", time));
        return JsonResult.of(members);
    }
}
