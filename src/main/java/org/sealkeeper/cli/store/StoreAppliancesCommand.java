package org.sealkeeper.cli.store;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.store.Appliances;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the appliances that share a database. */
@Command(
        name = "appliances",
        mixinStandardHelpOptions = true,
        description = {
            "List the appliances that share the PostgreSQL database that appliance.yaml names, and when each looked at it last.",
            "Appliances that have not looked since the database was started keep the others from signing."
        },
        footer = {
            "",
            "Exit codes: 0 listed, 2 appliance.yaml is wrong, 3 the database failed.",
            "With --json, a line for each: number, name, acknowledged (the highest number that its own log knows of), and log, lastLook",
            "and retiredAt where it has them.",
            "",
            "Example:",
            "  sealkeeper store appliances --config appliance.yaml"
        })
final class StoreAppliancesCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print a JSON object for each.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        StoreLocation.Server server = SharedStore.of(config);
        try (Store store = Store.open(server)) {
            List<Appliances.Entry> all = store.read(Appliances::all);
            PrintWriter out = spec.commandLine().getOut();
            all.forEach(entry -> out.println(json ? jsonOf(entry) : textOf(entry)));
        }
        return ExitCode.OK;
    }

    private static String jsonOf(Appliances.Entry entry) {
        var members = new LinkedHashMap<String, Object>();
        members.put("number", (long) entry.number());
        members.put("name", entry.name());
        members.put("acknowledged", (long) entry.acknowledged());
        entry.log().ifPresent(log -> members.put("log", log));
        entry.beatAt().ifPresent(at -> members.put("lastLook", Rfc3339.milliseconds(at)));
        entry.retiredAt().ifPresent(at -> members.put("retiredAt", Rfc3339.milliseconds(at)));
        return JsonResult.of(members);
    }

    private static String textOf(Appliances.Entry entry) {
        String state = entry.retiredAt()
                .map(at -> "retired at " + Rfc3339.milliseconds(at))
                .or(() -> entry.beatAt().map(at -> "looked last at " + Rfc3339.milliseconds(at)))
                .orElse("never started");
        return entry.number() + "  " + entry.name() + "  " + entry.log().orElse("-") + "  " + state;
    }
}
