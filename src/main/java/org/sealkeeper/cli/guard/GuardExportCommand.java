package org.sealkeeper.cli.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.cli.administration.RunningAppliance;
import org.sealkeeper.cli.administration.StoppedAppliance;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.ledger.handover.Closing;
import org.sealkeeper.ledger.handover.Closing.Closed;
import org.sealkeeper.ledger.handover.HandoverFile;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Closes chains here, and writes the file with which another appliance goes on. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Hand chains over: close them here, and write the file with which one other appliance goes on.",
            "From then on nothing new of them is signed here, after a restart neither; what was signed is answered again.",
            "They come back by 'guard import' of a file of the appliance that has them then, and in no other way.",
            "Beside a running appliance, or while it is stopped. Run again, it writes the same claims again."
        },
        footer = {
            "",
            "Exit codes: 0 closed and written, 2 refused (nothing was closed), 3 the token, the store or the disk failed",
            "(the chains may be closed): run it again.",
            "",
            "Example:",
            "  sealkeeper guard export --chain lab-a --to lab-b.example/sealkeeper --out lab-a.guard"
        })
final class GuardExportCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = "--chain",
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "A chain that is to be signed elsewhere; repeat it for more.")
    List<ChainName> chains = List.of();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ORIGIN",
            description = "The log of the appliance that goes on, 'origin' of its audit.yaml: no other takes the file.")
    Origin to;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    OutputFile out;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    private record Handed(List<Closed> chains, PublishedLog log) {}

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        AuditFile audit = AuditFile.read(appliance.audit());
        if (audit.origin().equals(to)) {
            throw new ConfigurationFault(
                    "expected the log of another appliance in --to, found that of this one, " + to);
        }
        var closing =
                new Closing(sequences(appliance), to, InstantSource.system().instant());
        Handed handed;
        try (Store store = Store.open(appliance.store())) {
            handed = handOver(appliance, audit, store, closing);
            HandoverFile file = Closing.file(handed.chains(), handed.log());
            out.write(file.toString().getBytes(UTF_8));
        }
        print(handed);
        return ExitCode.OK;
    }

    private Map<ChainName, Sequence> sequences(ApplianceFile appliance) {
        Map<ChainName, Sequence> declared = Chains.sequences(appliance.chains());
        Map<ChainName, Sequence> wanted = new LinkedHashMap<>();
        Set<ChainName> named = new LinkedHashSet<>(chains);
        for (ChainName chain : named) {
            Sequence sequence = declared.get(chain);
            if (sequence == null) {
                throw new ConfigurationFault(appliance.chains() + ": expected chain '" + chain
                        + "' to be declared, found none of this name");
            }
            wanted.put(chain, sequence);
        }
        return wanted;
    }

    /** While it runs, the appliance itself signs for the leaves; else this command does, with the lease of the keys. */
    private static Handed handOver(ApplianceFile appliance, AuditFile audit, Store store, Closing closing) {
        Optional<ServingLock> lock = ServingLock.tryTake(appliance.store());
        if (lock.isEmpty()) {
            return besideRunning(store, closing);
        }
        try (var _ = lock.get();
                var stopped = StoppedAppliance.open(appliance, audit, store)) {
            List<Closed> closed = store.commit(closing::close).chains();
            return new Handed(closed, stopped.publish());
        }
    }

    /** Where it is not the appliance that holds the lock but a command that settles a rollback, heads may have been raised meanwhile. */
    private static Handed besideRunning(Store store, Closing closing) {
        List<Closed> closed = store.commit(closing::close).chains();
        PublishedLog log = new RunningAppliance(store).published(last(closed), "the chains are closed");
        if (!store.commit(closing::close).chains().equals(closed)) {
            throw new StoreFault("the heads of the chains were raised while these were closed: run this again", null);
        }
        return new Handed(closed, log);
    }

    private static long last(List<Closed> closed) {
        return closed.stream().mapToLong(Closed::leaf).max().orElseThrow();
    }

    private void print(Handed handed) {
        PrintWriter told = spec.commandLine().getOut();
        for (Closed chain : handed.chains()) {
            if (json) {
                var members = new LinkedHashMap<String, Object>();
                members.put("chain", chain.statement().chain());
                members.put("height", chain.statement().head().height().value());
                members.put("blockHash", chain.statement().head().hash().hex());
                members.put("to", to);
                members.put("handover", chain.statement().number());
                members.put("auditIndex", chain.leaf());
                told.println(JsonResult.of(members));
            } else {
                told.printf(
                        "chain %s: closed at height %s for %s, handover %d, by leaf %d%n",
                        chain.statement().chain(),
                        chain.statement().head().height(),
                        to,
                        chain.statement().number(),
                        chain.leaf());
            }
        }
        if (!json) {
            told.println(out + ": written; no other appliance takes it");
        }
    }
}
