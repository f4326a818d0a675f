package org.sealkeeper.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.RollbackAcceptance;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.store.Rows;
import org.sealkeeper.verify.TrustedKeys;

/**
 * Raises the heads of chains to the newest blocks that were ever signed, for a store that forgot them. Believes nothing but
 * signatures of our own keys; never lowers a head.
 */
public final class HeadRecovery {
    private static final int MAX_LINE_BYTES = 16_384;

    private final BlockLine blocks;
    private final Map<ChainName, BlockStatement> newest = new LinkedHashMap<>();

    /** Takes the keys of this appliance, of whatever state. */
    public HeadRecovery(TrustedKeys own) {
        this.blocks = new BlockLine(own);
    }

    /**
     * Reads signed blocks, one JSON object a line as the API gives them, of any chains in any order.
     *
     * @param name of the file, for messages
     * @throws ConfigurationFault if a line is not a block that our keys signed
     */
    public void read(String name, InputStream ndjson) throws IOException {
        var lines = new BoundedLines(ndjson, MAX_LINE_BYTES);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            switch (blocks.judge(line.get())) {
                case BlockVerdict.Valid(var statement, var _) -> keepNewest(statement);
                case BlockVerdict.Invalid(var reason) -> throw notOurs(name, lines, reason);
                case BlockVerdict.Malformed(var reason) -> throw notOurs(name, lines, reason);
            }
        }
    }

    private static ConfigurationFault notOurs(String name, BoundedLines lines, String reason) {
        return new ConfigurationFault(
                name + ":" + lines.number() + ": expected a block this appliance signed: " + reason);
    }

    private void keepNewest(BlockStatement block) {
        newest.merge(block.chain(), block, (one, other) -> one.height().compareTo(other.height()) >= 0 ? one : other);
    }

    /** The declared chains nothing was read of. */
    public Set<String> missing(Chains declared) {
        Set<String> missing = new TreeSet<>();
        for (Chain chain : declared.all()) {
            if (!newest.containsKey(chain.name())) {
                missing.add(chain.name().value());
            }
        }
        return missing;
    }

    /**
     * Holds what was read against what the store still knows.
     *
     * @throws ConfigurationFault if they contradict one another
     */
    public void check(Rows rows) throws SQLException {
        for (BlockStatement block : newest.values()) {
            requireNoContradiction(new BlockTable(rows), block);
        }
    }

    /** Raises the heads in a transaction of the caller's, and gives a leaf for each head that was raised. */
    public List<Leaf> raise(Rows rows, Instant now) throws SQLException {
        var table = new BlockTable(rows);
        List<Leaf> raised = new ArrayList<>();
        for (BlockStatement block : newest.values()) {
            Optional<Head> head = table.head(block.chain());
            if (head.isEmpty() || block.height().compareTo(head.get().height()) > 0) {
                table.moveHead(block.chain(), head, new Head(block.height(), block.blockHash()));
                raised.add(RollbackAcceptance.recovered(
                        now,
                        new Subject.Block(block.chain(), block.height(), block.previousHash(), block.blockHash())));
            }
        }
        return raised;
    }

    private static void requireNoContradiction(BlockTable table, BlockStatement block) throws SQLException {
        Optional<BlockRecord> known = table.block(block.chain(), block.height());
        if (known.isPresent() && !known.get().statement().blockHash().equals(block.blockHash())) {
            throw new ConfigurationFault("chain " + block.chain() + ", height " + block.height()
                    + ": the evidence says " + block.blockHash() + ", the store "
                    + known.get().statement().blockHash()
                    + ". Two blocks of one height were signed: do not go on, and find out how");
        }
    }
}
