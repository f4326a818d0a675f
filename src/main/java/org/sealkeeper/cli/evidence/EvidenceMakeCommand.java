package org.sealkeeper.cli.evidence;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.LeafIndex;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.evidence.EvidenceMaker;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.StoredRow;
import org.sealkeeper.ledger.SignedBlock;
import org.sealkeeper.ledger.door.BlockText;
import org.sealkeeper.ledger.door.ChainReader;
import org.sealkeeper.store.Store;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a bundle that proves one thing. */
@Command(
        name = "make",
        mixinStandardHelpOptions = true,
        description = {
            "Put together in one file what proves one thing to somebody who has nothing of this appliance: that a block was signed,",
            "that something else was done (the release of a data key, an emergency), or what became of a key. No patient is in it.",
            "Needs the store, not the token; beside a running appliance, or while it is stopped."
        },
        footer = {
            "",
            "Exit codes: 0 made, 2 wrong usage or configuration, or there is no such block, leaf or key, 3 the store or the disk failed.",
            "",
            "Examples:",
            "  sealkeeper evidence make --chain lab-a --height 12 --out block-12.evidence.json",
            "  sealkeeper evidence make --leaf 4711 --with-policy --out release.evidence.json",
            "  sealkeeper evidence make --key-id cnxi6SKeMH2vycc1vuybxdHAtlOa-0jeagY0WX_ezzg --out key.evidence.json"
        })
final class EvidenceMakeCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @ArgGroup(multiplicity = "1")
    About about;

    @Option(
            names = "--with-policy",
            description =
                    "Show the text of the policy that decided, which names callers: so that it can be decided again.")
    boolean withPolicy;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    OutputFile out;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    /** One of them. */
    static final class About {
        @ArgGroup(exclusive = false)
        @Nullable
        Block block;

        @Option(names = "--leaf", paramLabel = "INDEX", description = "What a leaf of the audit log says.")
        @Nullable
        LeafIndex leaf;

        @Option(names = "--key-id", paramLabel = "KID", description = "What became of a key that signs.")
        @Nullable
        KeyId key;
    }

    /** A block. */
    static final class Block {
        @Option(names = "--chain", required = true, paramLabel = "NAME", description = "The chain of a signed block.")
        ChainName chain;

        @Option(names = "--height", required = true, paramLabel = "N", description = "The height of that block.")
        Height height;
    }

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        Evidence evidence;
        var progress = new LeafProgress(spec.commandLine().getErr(), System::nanoTime);
        try (Store store = Store.open(appliance.store())) {
            long size = new LogHistory(store).size();
            var maker = new EvidenceMaker(store, withPolicy, done -> progress.at(done, size));
            evidence = make(maker, store, KeyCatalogue.open(store, appliance.tokenLabels()));
        }
        out.write(evidence.bytes());
        tell(evidence);
        return ExitCode.OK;
    }

    private Evidence make(EvidenceMaker maker, Store store, KeyCatalogue keys) {
        if (about.block != null) {
            return maker.of(signed(about.block, new ChainReader(store), keys));
        }
        if (about.leaf != null) {
            return maker.of(about.leaf.value());
        }
        KeyId key = requireNonNull(about.key);
        return maker.of(key, certificates(keys, key));
    }

    private static EvidenceMaker.Signed signed(Block asked, ChainReader chains, KeyCatalogue keys) {
        SignedBlock block = chains.block(asked.chain, asked.height)
                .orElseThrow(() -> new ConfigurationFault(
                        "chain '" + asked.chain + "' has no signed block " + asked.height + " in this store"));
        if (block.auditLog().isPresent()) {
            throw new ConfigurationFault("the leaf of this block is in the log "
                    + block.auditLog().get() + ": make the bundle at that appliance");
        }
        long leaf = block.auditIndex()
                .orElseThrow(() -> new ConfigurationFault("this block was signed before there was an audit log"));
        Optional<SignedBlock> before = chains.before(block);
        return new EvidenceMaker.Signed(
                BlockText.of(block), before.map(BlockText::of), block.keyId(), certificates(keys, block.keyId()), leaf);
    }

    private static List<String> certificates(KeyCatalogue keys, KeyId key) {
        return keys.keys().stream()
                .filter(known -> known.keyId().equals(key))
                .map(CataloguedKey::chain)
                .flatMap(List::stream)
                .map((X509Certificate certificate) -> StoredRow.encoded(certificate))
                .toList();
    }

    private void tell(Evidence evidence) {
        var told = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("about", evidence.about().text());
            members.put("leaves", (long) evidence.leaves().size());
            members.put("history", (long) evidence.history().size());
            members.put("file", out.path());
            told.println(JsonResult.of(members));
        } else {
            told.printf(
                    "Evidence about a %s in %s: %d leaves with their proofs, %d of the key's history%n",
                    evidence.about().text(),
                    out,
                    evidence.leaves().size(),
                    evidence.history().size());
        }
    }
}
