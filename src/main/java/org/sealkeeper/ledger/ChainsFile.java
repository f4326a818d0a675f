package org.sealkeeper.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;

/** Reads {@code chains.yaml}: the chains, each with the key that signs it. */
final class ChainsFile {
    private static final Map<String, Sequence> SEQUENCES =
            Map.of("contiguous", Sequence.CONTIGUOUS, "increasing", Sequence.INCREASING);

    private static final String BATCHES = "batches";
    private static final String SIGNATURES = "signatures";
    private static final String CEILING = "ceiling";

    private final Predicate<KeyAlias> signsBlocks;
    private final Function<ChainName, Optional<Head>> head;

    /** Takes the ways to look up a block-signing key and a chain's head, so that what contradicts them is refused by line. */
    ChainsFile(Predicate<KeyAlias> signsBlocks, Function<ChainName, Optional<Head>> head) {
        this.signsBlocks = signsBlocks;
        this.head = head;
    }

    /**
     * The declared chains in the order of the file.
     *
     * @throws ConfigurationFault naming the file and line
     */
    Map<ChainName, Chain> read(Path file) {
        Section root = ConfigFile.read(file);
        Optional<BatchBounds> bounds =
                root.has(BATCHES) ? Optional.of(bounds(root.section(BATCHES))) : Optional.empty();
        Map<ChainName, Chain> chains = new LinkedHashMap<>();
        for (Section section : root.sections("chains")) {
            Chain chain = chain(section, bounds);
            if (chains.put(chain.name(), chain) != null) {
                throw section.fault("name", "chain '" + chain.name() + "' is declared twice");
            }
        }
        root.finish();
        if (bounds.isPresent()
                && chains.values().stream().allMatch(chain -> chain.batches().isEmpty())) {
            throw root.fault(BATCHES, "expected a chain with 'signatures: batched', found none");
        }
        return chains;
    }

    /** The sequences of the declared chains. The rest of the declarations is checked where there are keys to check it against. */
    static Map<ChainName, Sequence> sequences(Path file) {
        return ofEach(file, section -> Optional.of(section.choice("sequence", SEQUENCES)));
    }

    /** The ceilings of the declared chains that have one; checked as above. */
    static Map<ChainName, Height> ceilings(Path file) {
        return ofEach(file, section -> ceiling(section, new Height(0)));
    }

    private static <T> Map<ChainName, T> ofEach(Path file, Function<Section, Optional<T>> value) {
        Map<ChainName, T> values = new LinkedHashMap<>();
        for (Section section : ConfigFile.read(file).sections("chains")) {
            ChainName name = section.value("name", ChainName::new);
            value.apply(section).ifPresent(found -> values.put(name, found));
        }
        return values;
    }

    private static BatchBounds bounds(Section section) {
        var bounds = new BatchBounds(Duration.ofMillis(section.integer("milliseconds", 0, 1_000)), (int)
                section.integer("statements", 1, 1_000));
        section.finish();
        return bounds;
    }

    private Chain chain(Section section, Optional<BatchBounds> bounds) {
        ChainName name = section.value("name", ChainName::new);
        KeyAlias key = signingKey(section);
        int hashLength = hashLength(section, name);
        Sequence sequence = section.choice("sequence", SEQUENCES);
        Start start = start(section, hashLength);
        Optional<Height> ceiling = ceiling(section, start.first);
        Optional<BatchBounds> batches = isBatched(section) ? Optional.of(required(bounds, section)) : Optional.empty();
        section.finish();
        return new Chain(name, key, hashLength, sequence, start.first, start.firstLink, ceiling, batches);
    }

    private static boolean isBatched(Section section) {
        return section.has(SIGNATURES) && section.choice(SIGNATURES, Map.of("individual", false, "batched", true));
    }

    private static BatchBounds required(Optional<BatchBounds> bounds, Section section) {
        return bounds.orElseThrow(() -> section.fault(
                SIGNATURES,
                "expected 'batches' beside 'chains' where signatures are batched, found none; such as"
                        + " batches: {milliseconds: 0, statements: 1000}"));
    }

    private KeyAlias signingKey(Section section) {
        KeyAlias alias = section.value("signingKey", KeyAlias::new);
        if (!signsBlocks.test(alias)) {
            throw section.fault(
                    "signingKey",
                    "expected the alias of a block-signing key, found '" + alias
                            + "'; 'sealkeeper keys list' shows the keys there are");
        }
        return alias;
    }

    private int hashLength(Section section, ChainName name) {
        int declared = (int) section.integer("hashLength", BlockHash.MIN_BYTES, BlockHash.MAX_BYTES);
        int signed = head.apply(name).map(top -> top.hash().lengthInBytes()).orElse(declared);
        if (signed != declared) {
            throw section.fault(
                    "hashLength",
                    "expected " + signed + ", the length of the hashes already signed on chain '" + name + "', found "
                            + declared);
        }
        return declared;
    }

    private static Start start(Section section, int hashLength) {
        if (!section.isSection("start")) {
            section.choice("start", Map.of("genesis", true));
            return new Start(new Height(0), BlockHash.zeros(hashLength));
        }
        Section anchor = section.section("start");
        long height = anchor.integer("height", 0, Height.MAX - 1);
        BlockHash hash = anchor.value("hash", BlockHash::new);
        anchor.finish();
        if (hash.lengthInBytes() != hashLength) {
            throw anchor.fault(
                    "hash", "expected an anchor hash of " + hashLength + " bytes, found " + hash.lengthInBytes());
        }
        return new Start(new Height(height).next(), hash);
    }

    private static Optional<Height> ceiling(Section section, Height first) {
        return section.has(CEILING)
                ? Optional.of(new Height(section.integer(CEILING, first.value(), Height.MAX)))
                : Optional.empty();
    }

    private record Start(Height first, BlockHash firstLink) {}
}
