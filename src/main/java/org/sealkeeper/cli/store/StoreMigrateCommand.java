package org.sealkeeper.cli.store;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.rollback.ChainHeads;
import org.sealkeeper.store.Moved;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.move.MoveOutcome;
import org.sealkeeper.store.move.StoreMove;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves an embedded store into a database of a PostgreSQL server. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Move the embedded store that appliance.yaml names into PostgreSQL. Stop the",
            "appliance first.",
            "",
            "Copies every row into an empty database, reads every row back and compares it,",
            "hashes the audit log anew and compares its root with the signed one, and the",
            "chains' heads with the claims. Then it closes the embedded store for good, and",
            "opens the new one. May be interrupted at any moment: run it again, and it goes",
            "on. Until it says that the store was moved, the embedded one is the ledger's,",
            "or the move only waits to be ended by another run.",
            "",
            "Then set 'store' in appliance.yaml as the last line says, and start the",
            "appliance. The token goes on knowing the store."
        },
        footer = {
            "",
            "Exit codes: 0 moved, 1 the copy differs from the store (nothing was switched),",
            "2 refused (nothing was copied), 3 one of the stores failed, or an appliance",
            "runs: run it again.",
            "",
            "Example:",
            "  sealkeeper store migrate --config appliance.yaml --to \\",
            "    'postgresql://sealkeeper@localhost/ledger?passwordFile=pg.password'\\",
            "'&certificateAuthorities=none&state=state&appliance=a'"
        })
final class StoreMigrateCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ADDRESS",
            description =
                    "The database, written as 'store' in appliance.yaml will be: postgresql://USER@HOST/DATABASE?…")
    String to;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        StoreLocation.Embedded from = source();
        StoreLocation.Server server = target();
        try (var _ = ServingLock.take(from);
                var _ = ProvisioningLock.take(from);
                Store source = Store.openToMove(from);
                Store copy = Store.openToFill(server)) {
            var progress = new RowProgress(spec.commandLine().getErr(), System::nanoTime);
            MoveOutcome outcome = new StoreMove(source, copy, server, InstantSource.system(), progress)
                    .run(List.of(new LogCheck(progress), new HeadCheck()));
            return tell(outcome, copy);
        }
    }

    private StoreLocation.Embedded source() {
        return switch (config.read().store()) {
            case StoreLocation.Embedded file -> file;
            case StoreLocation.Server server ->
                throw new ConfigurationFault(
                        "expected 'store' in appliance.yaml to be the file of an embedded store, found " + server
                                + "; where a move was interrupted, set it to the file again, and run this again");
        };
    }

    private StoreLocation.Server target() {
        try {
            return switch (StoreLocation.parse(to, config.folder())) {
                case StoreLocation.Server server -> server;
                case StoreLocation.Embedded _ ->
                    throw new IllegalArgumentException("expected " + StoreLocation.SCHEME + "USER@HOST/DATABASE?…");
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--to: " + e.getMessage(), e);
        }
    }

    private int tell(MoveOutcome outcome, Store copy) {
        return switch (outcome) {
            case MoveOutcome.Complete complete -> {
                print(complete, copy);
                yield ExitCode.OK;
            }
            case MoveOutcome.CompleteBefore(Moved mark) -> {
                spec.commandLine().getOut().println("moved before, at " + mark.at() + ", to " + mark.address());
                tellWhatToSet();
                yield ExitCode.OK;
            }
            case MoveOutcome.Different(var difference) -> {
                spec.commandLine()
                        .getErr()
                        .println("sealkeeper: the copy is not as the store: " + difference
                                + ". Nothing was switched: the store is where it was. Find out what wrote to the database,"
                                + " empty it (DROP SCHEMA sealkeeper, sealkeeper_NAME CASCADE), and run this again");
                yield ExitCode.INVALID;
            }
        };
    }

    private void print(MoveOutcome.Complete complete, Store copy) {
        PrintWriter out = spec.commandLine().getOut();
        var log = new LogHistory(copy);
        String root = log.range(log.size()).root().base64();
        ChainHeads.Moved heads = copy.read(rows -> Chains.heads(ChainHeads.NO_MOVE, rows));
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("store", complete.store());
            members.put("movedTo", complete.mark().address());
            members.put("movedAt", complete.mark().at());
            members.put("rows", complete.rows());
            members.put("leaves", log.size());
            members.put("root", root);
            var heights = new LinkedHashMap<String, Object>();
            heads.heads()
                    .forEach((chain, head) ->
                            heights.put(chain.value(), head.height().value()));
            members.put("heads", heights);
            out.println(JsonResult.of(members));
            return;
        }
        complete.rows().forEach((table, rows) -> out.printf("%-20s %d%n", table, rows));
        out.printf("root of the log      %s%n", root);
        out.printf("heads of chains      %d%n", heads.heads().size());
        out.println("moved to " + complete.mark().address() + "; every row was read back and is the same");
        tellWhatToSet();
    }

    private void tellWhatToSet() {
        if (!json) {
            spec.commandLine()
                    .getOut()
                    .println("now set in appliance.yaml, before you start it: store: \"" + to + "\"");
        }
    }
}
