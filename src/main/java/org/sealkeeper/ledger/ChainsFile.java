package org.sealkeeper.ledger;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;

/** Reads {@code chains.yaml}: the chains, each with the key that signs it. */
final class ChainsFile {
    private static final Map<String, Sequence> SEQUENCES =
            Map.of("contiguous", Sequence.CONTIGUOUS, "increasing", Sequence.INCREASING);

    private final Function<KeyAlias, Optional<CataloguedKey>> activeKey;
    private final Function<ChainName, Optional<Head>> head;

    /** Takes the ways to look up an active block-signing key and a chain's head, so that what contradicts them is refused by line. */
    ChainsFile(Function<KeyAlias, Optional<CataloguedKey>> activeKey, Function<ChainName, Optional<Head>> head) {
        this.activeKey = activeKey;
        this.head = head;
    }

    /**
     * The declared chains in the order of the file.
     *
     * @throws ConfigurationFault naming the file and line
     */
    Map<ChainName, Chain> read(Path file) {
        Section root = ConfigFile.read(file);
        Map<ChainName, Chain> chains = new LinkedHashMap<>();
        for (Section section : root.sections("chains")) {
            Chain chain = chain(section);
            if (chains.put(chain.name(), chain) != null) {
                throw section.fault("name", "chain '" + chain.name() + "' is declared twice");
            }
        }
        root.finish();
        return chains;
    }

    private Chain chain(Section section) {
        ChainName name = section.value("name", ChainName::new);
        CataloguedKey key = signingKey(section);
        int hashLength = hashLength(section, name);
        Sequence sequence = section.choice("sequence", SEQUENCES);
        Start start = start(section, hashLength);
        section.finish();
        return new Chain(name, key, hashLength, sequence, start.first, start.firstLink);
    }

    private CataloguedKey signingKey(Section section) {
        KeyAlias alias = section.value("signingKey", KeyAlias::new);
        return activeKey
                .apply(alias)
                .orElseThrow(() -> section.fault(
                        "signingKey",
                        "expected the alias of an active block-signing key, found '" + alias
                                + "'; 'sealkeeper keys list' shows the keys there are"));
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

    private record Start(Height first, BlockHash firstLink) {}
}
