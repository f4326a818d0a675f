package org.sealkeeper.cli.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.rollback.RollCall;
import org.sealkeeper.store.Appliances;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets the appliances of a database go on without one that never comes back. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = {
            "Let the appliances that share a database go on without one that never comes back. What it signed stays valid.",
            "",
            "Be sure that it does not run, and that the database lacks nothing it signed: where an older state of the database was brought",
            "back, blocks of the retired appliance may be missing, which nothing but its token and the ledger remember. It cannot be undone: to come",
            "back, the machine joins with another name. The audit log of the appliance of this appliance.yaml records it."
        },
        footer = {
            "",
            "Exit codes: 0 retired, 2 refused: no such appliance, it runs, or was retired before, this very one, or appliance.yaml is wrong;",
            "3 the database failed.",
            "",
            "Example:",
            "  sealkeeper store retire --config appliance.yaml --appliance hall_2"
        })
final class StoreRetireCommand implements Callable<Integer> {
    /** A running one looks each second. */
    private static final Duration LONG_STOPPED = Duration.ofSeconds(30);

    @Mixin
    ConfigOption config;

    @Option(names = "--appliance", required = true, paramLabel = "NAME", description = "The one that never comes back.")
    String name;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        StoreLocation.Server server = SharedStore.of(config);
        if (name.equals(server.appliance())) {
            throw new ConfigurationFault(
                    "expected another appliance than that of appliance.yaml: one that stays retires one that goes");
        }
        Instant now = InstantSource.system().instant();
        try (Store store = Store.open(server)) {
            store.commit(rows -> retire(rows, now)).ifPresent(refusal -> {
                throw new ConfigurationFault(refusal);
            });
        }
        print();
        return ExitCode.OK;
    }

    private Optional<String> retire(Rows rows, Instant now) throws SQLException {
        Optional<Appliances.Entry> known = Appliances.all(rows).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
        if (known.isEmpty()) {
            return Optional.of(
                    "the database has no appliance '" + name + "'; 'sealkeeper store appliances' lists them");
        }
        Optional<Instant> running = known.get().beatAt().filter(look -> look.isAfter(now.minus(LONG_STOPPED)));
        if (running.isPresent()) {
            return Optional.of(
                    "the appliance '" + name + "' looked at the database at " + Rfc3339.milliseconds(running.get())
                            + ": stop it first, and run this again " + LONG_STOPPED.toSeconds() + " s later");
        }
        if (Appliances.retire(rows, name, Rfc3339.milliseconds(now)) == 0) {
            return Optional.of("the appliance '" + name + "' was retired before");
        }
        Optional<String> log = known.get().log();
        Subject subject = log.<Subject>map(RollCall::emptyLog).orElseGet(Subject.Whole::new);
        long _ = new Leaves(rows).append(Leaf.ofCommand(now, Operation.RETIRE_APPLIANCE, subject));
        return Optional.empty();
    }

    private void print() {
        var members = new LinkedHashMap<String, Object>();
        members.put("appliance", name);
        members.put("outcome", "retired");
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonResult.of(members)
                                : "appliance '" + name + "': retired; the others sign without it");
    }
}
