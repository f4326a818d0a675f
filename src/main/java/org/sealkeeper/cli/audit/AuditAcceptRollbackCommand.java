package org.sealkeeper.cli.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.RollbackAcceptance;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.recovery.ClosedElsewhere;
import org.sealkeeper.ledger.recovery.HeadRecovery;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.mirror.MirroredHeads;
import org.sealkeeper.rollback.RememberedHead;
import org.sealkeeper.rollback.RollbackSettlement;
import org.sealkeeper.rollback.TokenMemories;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;
import org.sealkeeper.verify.TrustedKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets an appliance go on whose store is older than its audit log. */
@Command(
        name = "accept-rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Go on with a store that was restored from a backup, where the newest one is lost for good.",
            "",
            "Between the backup and the loss blocks may have been signed that this store knows nothing of. So take the newest",
            "signed block of every chain from the ledger (a node that holds it, or an auditor's export) and give them here as",
            "evidence: each chain's head is raised to it, or to what the token or a mirror knows if that is higher, and never",
            "lowered. A claim without a signature that is below, or contradicts it, is given up.",
            "Where the token remembers only within a window (audit.yaml), a block that is newer than your evidence could be",
            "signed a second time, with another hash: be sure.",
            "A chain that was handed over to another appliance ('guard export') since the backup would be open here again, too:",
            "take it out of chains.yaml before.",
            "",
            "The audit log cannot take back what it signed. First give it a new name in audit.yaml, and tell your auditors:",
            "the leaves that are left become the beginning of the new log, which says that it was rolled back."
        },
        footer = {
            "",
            "Exit codes: 0 accepted, 2 refused (nothing was changed), 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper audit accept-rollback --evidence newest-blocks.ndjson --unused lab-b"
        })
final class AuditAcceptRollbackCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = "--evidence",
            split = ",",
            paramLabel = "FILE",
            description = "Signed blocks from the ledger, one JSON object a line; the newest of each chain counts.")
    List<Path> evidence = List.of();

    @Option(
            names = "--unused",
            split = ",",
            paramLabel = "CHAIN",
            description =
                    "A chain of which the ledger has no block that this appliance signed. Refused where the token, the store, "
                            + "a mirror or a checkpoint says otherwise.")
    List<ChainName> unused = List.of();

    @Mixin
    ElsewhereOptions elsewhere;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        AuditFile audit = AuditFile.read(appliance.audit());
        try (Store store = Store.open(appliance.store());
                var _ = ServingLock.take(appliance.store());
                Tokens tokens = Tokens.open(TokenSettings.of(appliance))) {
            KeyRing keys = KeyRing.open(tokens, KeyCatalogue.open(store, tokens.labels()));
            Optional<MirroredHeads> mirror =
                    elsewhere.mirrored(keys, new LeafProgress(spec.commandLine().getErr(), System::nanoTime));
            RollbackSettlement settlement = begin(audit, store, tokens, keys, mirror);
            var acceptance = RollbackAcceptance.of(
                    store, audit.origin(), LogKeys.of(keys, audit.origin()), settlement.forgotten());
            Chains chains = Chains.load(appliance.chains(), keys, store);
            mirror.ifPresent(found -> new ClosedElsewhere(found.handedOver()).requireClosedHere(chains.names(), store));
            HeadRecovery heads = heads(keys, settlement.heads(), chains, store);
            List<Leaf> raised = accept(store, acceptance, heads);
            Checkpoint published = acceptance.publish();
            settlement.remember();
            print(acceptance.forgotten(), published, raised.size());
        }
        return ExitCode.OK;
    }

    private RollbackSettlement begin(
            AuditFile audit, Store store, Tokens tokens, KeyRing keys, Optional<MirroredHeads> mirror) {
        var settlement = RollbackSettlement.begin(
                store,
                new TokenMemories(tokens, System::nanoTime),
                audit,
                Chains::heads,
                mirror.map(ElsewhereOptions::remembered),
                elsewhere.seen(keys));
        if (!unused.isEmpty()) {
            settlement.requireNothingBeyond();
        }
        return settlement;
    }

    private HeadRecovery heads(
            KeyRing keys, SortedMap<ChainName, Set<RememberedHead>> remembered, Chains chains, Store store) {
        var own = new TrustedKeys(
                keys.keys().stream().map(CataloguedKey::verificationKey).toList());
        var heads = new HeadRecovery(own, remembered);
        for (Path file : evidence) {
            try (InputStream blocks = InputFile.open(file)) {
                heads.read(file.toString(), blocks);
            } catch (IOException e) {
                throw FileFailure.unreadable(file, e);
            }
        }
        return store.read(rows -> {
            heads.requireEvidence(chains, rows, Set.copyOf(unused));
            heads.check(rows);
            return heads;
        });
    }

    /** Heads, name and leaf change together or not at all. */
    private static List<Leaf> accept(Store store, RollbackAcceptance acceptance, HeadRecovery heads) {
        var now = InstantSource.system().instant();
        return store.commit(rows -> {
            List<Leaf> raised = heads.raise(rows, now);
            acceptance.record(rows, raised, now);
            return raised;
        });
    }

    private void print(Checkpoint forgotten, Checkpoint now, int raised) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("forgottenLog", forgotten.origin());
            members.put("forgottenSize", forgotten.size());
            members.put("log", now.origin());
            members.put("size", now.size());
            members.put("raisedHeads", (long) raised);
            out.println(JsonResult.of(members));
        } else {
            out.printf(
                    "accepted: the log %s ended at %d leaves; %s goes on from what is left, now at %d; heads raised: %d%n",
                    forgotten.origin(), forgotten.size(), now.origin(), now.size(), raised);
        }
    }
}
