package org.sealkeeper.cli.store;

import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the store a new appliance remembers its signatures in. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Create the empty store that appliance.yaml names.",
            "Only once in an appliance's life: without its store it would forget what it signed, so the service refuses to",
            "start where the store is missing, and this command never overwrites one."
        },
        footer = {
            "",
            "Exit codes: 0 created, 2 one exists already or appliance.yaml is wrong.",
            "",
            "Example:",
            "  sealkeeper store init --config appliance.yaml"
        })
final class StoreInitCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        StoreLocation store = config.read().store();
        Store.create(store);
        spec.commandLine().getOut().println("created the store " + store);
        return ExitCode.OK;
    }
}
