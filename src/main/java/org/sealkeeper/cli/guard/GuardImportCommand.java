package org.sealkeeper.cli.guard;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.cli.administration.StoppedAppliance;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.handover.DeclaredHere;
import org.sealkeeper.ledger.handover.HandoverFile;
import org.sealkeeper.ledger.handover.HandoverStatement;
import org.sealkeeper.ledger.handover.Opening;
import org.sealkeeper.ledger.handover.Opening.Opened;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with chains that another appliance closed for this one. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Go on with chains that another appliance closed for this one by 'guard export'.",
            "All of them are opened, or none. Each must be declared in chains.yaml as it was there. Its head is raised to the",
            "highest block that was signed there, and never lowered; what contradicts this store is refused, naming both.",
            "Stop the appliance first."
        },
        footer = {
            "",
            "Exit codes: 0 opened (run again: nothing changed), 1 the file is not what the other appliance signed, 2 refused",
            "(nothing was changed), 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper guard import lab-a.guard --trust lab-a.vkeys"
        })
final class GuardImportCommand implements Callable<Integer> {
    private static final int MAX_KEYS = 1 << 20;

    @Mixin
    ConfigOption config;

    @Parameters(paramLabel = "FILE", description = "The file that the other appliance exported.")
    Path file;

    @Option(
            names = "--trust",
            required = true,
            paramLabel = "FILE",
            description = "The keys of that appliance's log, one vkey a line, as its operator gave them to you.")
    Path trust;

    @Option(
            names = "--chain",
            split = ",",
            paramLabel = "NAME",
            description = "A chain of the file; repeat it for more. Default: all of the file.")
    List<ChainName> chains = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        AuditFile audit = AuditFile.read(appliance.audit());
        HandoverFile handed = read();
        var _ = new CheckpointJudge(trusted())
                .judge(file.toString(), handed.checkpoint().bytes());
        List<HandoverStatement> statements;
        try {
            statements = handed.statements();
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("sealkeeper: " + file + ": " + e.getMessage());
            return ExitCode.INVALID;
        }
        var opening = new Opening(
                chosen(statements),
                handed.log().origin(),
                InstantSource.system().instant());
        opening.statements().forEach(statement -> statement.requireFor(audit.origin()));
        print(open(appliance, audit, opening));
        return ExitCode.OK;
    }

    private HandoverFile read() {
        try {
            return HandoverFile.parse(InputFile.bytes(file, HandoverFile.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }

    private TrustPolicy trusted() {
        try {
            return TrustPolicy.ofLogKeys(InputFile.text(trust, MAX_KEYS));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(trust + ": " + e.getMessage(), e);
        }
    }

    private List<HandoverStatement> chosen(List<HandoverStatement> statements) {
        Set<ChainName> there = statements.stream().map(HandoverStatement::chain).collect(Collectors.toSet());
        for (ChainName chain : chains) {
            if (!there.contains(chain)) {
                throw new ConfigurationFault(file + ": expected chain '" + chain + "', found none of this name");
            }
        }
        return statements.stream()
                .filter(statement -> chains.isEmpty() || chains.contains(statement.chain()))
                .toList();
    }

    private static List<Opened> open(ApplianceFile appliance, AuditFile audit, Opening opening) {
        try (Store store = Store.open(appliance.store());
                var _ = ServingLock.take(appliance.store());
                var stopped = StoppedAppliance.open(appliance, audit, store)) {
            var declared = new DeclaredHere(Chains.load(appliance.chains(), stopped.keys(), store)::named);
            opening.statements().forEach(declared::require);
            return store.commit(opening::open).chains();
        }
    }

    private void print(List<Opened> opened) {
        PrintWriter out = spec.commandLine().getOut();
        for (Opened chain : opened) {
            HandoverStatement statement = chain.statement();
            if (json) {
                var members = new LinkedHashMap<String, Object>();
                members.put("chain", statement.chain());
                members.put("height", statement.head().height().value());
                members.put("blockHash", statement.head().hash().hex());
                members.put("handover", statement.number());
                members.put("changed", chain.isNew());
                out.println(JsonResult.of(members));
            } else {
                out.printf(
                        "chain %s: %s above height %s, handover %d%n",
                        statement.chain(),
                        chain.isNew() ? "goes on here" : "was imported before and goes on here",
                        statement.head().height(),
                        statement.number());
            }
        }
    }
}
