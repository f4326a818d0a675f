package org.sealkeeper.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.rollback.ChainHeads;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;

/** The declared chains. */
public final class Chains {
    private final Map<ChainName, Chain> byName;

    private Chains(Map<ChainName, Chain> byName) {
        this.byName = byName;
    }

    /**
     * Reads the declarations and holds them against the keys there are and the blocks already signed.
     *
     * @throws ConfigurationFault naming the file and line of what is wrong
     */
    public static Chains load(Path file, KeyRing keys, Store store) {
        return new Chains(new ChainsFile(
                        alias -> keys.has(alias, KeyPurpose.BLOCK_SIGNING),
                        name -> store.read(rows -> new BlockTable(rows).head(name)))
                .read(file));
    }

    /**
     * The sequences of the chains a file declares, for what needs no key.
     *
     * @throws ConfigurationFault naming the file and line of what is wrong with names and sequences
     */
    public static Map<ChainName, Sequence> sequences(Path file) {
        return ChainsFile.sequences(file);
    }

    /** The heights above which nothing is signed, of the chains a file declares with one; read as {@link #sequences} does. */
    public static Map<ChainName, Height> ceilings(Path file) {
        return ChainsFile.ceilings(file);
    }

    /** The highest claimed block of every chain, declared or not, that was moved after this move. */
    public static ChainHeads.Moved heads(long afterMove, Rows rows) throws SQLException {
        return new BlockTable(rows).headsMovedAfter(afterMove);
    }

    public Optional<Chain> named(ChainName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all that are declared. */
    public Set<ChainName> names() {
        return byName.keySet();
    }

    /** How many are declared. */
    public int count() {
        return byName.size();
    }

    public Collection<Chain> all() {
        return byName.values();
    }
}
