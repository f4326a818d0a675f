package org.sealkeeper.cli.store;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an appliance one more of those that share a database. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description = {
            "Make this appliance one more of those that share the PostgreSQL database that appliance.yaml names: it signs the same",
            "chains, with tokens, keys and an audit log of its own.",
            "",
            "Once in an appliance's life. Then make its keys with 'sealkeeper keys apply', and start it: it signs once every other",
            "appliance of the database has it in its audit log, so they must run."
        },
        footer = {
            "",
            "Exit codes: 0 joined, 2 refused: there is no store, the name is taken, or appliance.yaml is wrong; 3 the database failed.",
            "",
            "Example:",
            "  sealkeeper store join --config appliance.yaml"
        })
final class StoreJoinCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        StoreLocation.Server server = SharedStore.of(config);
        Store.join(server);
        var members = new LinkedHashMap<String, Object>();
        members.put("store", server.toString());
        members.put("appliance", server.appliance());
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonResult.of(members)
                                : "the appliance '" + server.appliance() + "' has joined those of the store " + server);
        return ExitCode.OK;
    }
}
