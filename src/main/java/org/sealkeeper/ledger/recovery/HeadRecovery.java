package org.sealkeeper.ledger.recovery;

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
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.RollbackAcceptance;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.BlockTable;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.verification.BlockLine;
import org.sealkeeper.ledger.verification.BlockVerdict;
import org.sealkeeper.ledger.verification.BoundedLines;
import org.sealkeeper.rollback.ChainHeads;
import org.sealkeeper.rollback.RememberedHead;
import org.sealkeeper.store.Rows;
import org.sealkeeper.verify.TrustedKeys;

/**
 * Raises the heads of chains to the newest blocks that were ever signed, for a store that forgot them. Believes signatures of our own
 * keys, and what the token remembers; never lowers a head.
 */
public final class HeadRecovery {
    private static final int MAX_LINE_BYTES = 16_384;

    private final BlockLine blocks;
    private final Map<ChainName, BlockStatement> newest = new LinkedHashMap<>();
    private final SortedMap<ChainName, Set<RememberedHead>> remembered;

    /**
     * @param own the keys of this appliance, of whatever state
     * @param remembered the heads the token remembers
     */
    public HeadRecovery(TrustedKeys own, SortedMap<ChainName, Set<RememberedHead>> remembered) {
        this.blocks = new BlockLine(own);
        this.remembered = remembered;
    }

    /**
     * Reads signed blocks, one JSON object a line as the API gives them, of any chains in any order.
     *
     * @param name of the file, for messages
     * @throws ConfigurationFault if a line is not a block that our keys signed
     */
    public void read(String name, InputStream ndjson) throws IOException {
        var lines = new BoundedLines(ndjson, MAX_LINE_BYTES);
        try {
            read(name, lines);
        } catch (BoundedLines.MalformedLine malformed) {
            throw notOurs(name, lines, malformed.reason());
        }
    }

    private void read(String name, BoundedLines lines) throws IOException {
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

    /**
     * Makes sure that there is evidence of every chain that has ever signed.
     *
     * @param unused chains of which the operator says that the ledger has no block
     * @throws ConfigurationFault naming the chains of which there is none, or that are not as unused as was said
     */
    public void requireEvidence(Chains declared, Rows rows, Set<ChainName> unused) throws SQLException {
        Set<ChainName> used = new TreeSet<>(remembered.keySet());
        used.addAll(Chains.heads(ChainHeads.NO_MOVE, rows).heads().keySet());
        Set<ChainName> wrong = new TreeSet<>(used);
        wrong.retainAll(unused);
        if (!wrong.isEmpty()) {
            throw new ConfigurationFault("expected chains without a block in --unused, found " + names(wrong)
                    + ": the token or the store has signed blocks of them; give the newest as evidence");
        }
        Set<ChainName> missing = new TreeSet<>(used);
        missing.addAll(declared.names());
        missing.removeAll(newest.keySet());
        missing.removeAll(unused);
        if (!missing.isEmpty()) {
            throw new ConfigurationFault("expected the newest signed block of every chain as evidence, found none of "
                    + names(missing) + "; name a chain in --unused if the ledger has no block of it");
        }
    }

    private static String names(Set<ChainName> chains) {
        return chains.stream().map(ChainName::value).collect(Collectors.joining(", "));
    }

    /**
     * Holds what was read against what the store still knows.
     *
     * @throws ConfigurationFault if they contradict one another
     */
    public void check(Rows rows) throws SQLException {
        for (BlockStatement block : newest.values()) {
            requireNoContradiction(rows, block.chain(), new Head(block.height(), block.blockHash()), "the evidence");
            requireNoContradiction(block);
        }
        for (Map.Entry<ChainName, Set<RememberedHead>> entry : remembered.entrySet()) {
            for (RememberedHead head : entry.getValue()) {
                requireNoContradiction(rows, entry.getKey(), Head.of(head), "the token");
            }
        }
    }

    /**
     * Raises the heads in a transaction of the caller's, and gives a leaf for each head that was raised. A claim without a signature that
     * is below what is known from elsewhere, or contradicts it, is given up: another block of its height may have been signed.
     */
    public List<Leaf> raise(Rows rows, Instant now) throws SQLException {
        ChainTops tops = ChainTops.of(rows);
        List<Leaf> raised = new ArrayList<>();
        for (BlockStatement block : newest.values()) {
            var subject = new Subject.Block(block.chain(), block.height(), block.previousHash(), block.blockHash());
            raise(tops, block.chain(), new Head(block.height(), block.blockHash()), subject, now, raised);
        }
        for (Map.Entry<ChainName, Set<RememberedHead>> entry : remembered.entrySet()) {
            for (RememberedHead head : entry.getValue()) {
                raise(tops, entry.getKey(), Head.of(head), new Subject.Chain(entry.getKey()), now, raised);
            }
        }
        return raised;
    }

    private static void raise(ChainTops tops, ChainName chain, Head to, Subject subject, Instant now, List<Leaf> raised)
            throws SQLException {
        tops.giveUpClaims(chain, to);
        Optional<Head> head = tops.head(chain);
        if (head.isEmpty() || to.isAbove(head.get()) || to.isRivalOf(head.get())) {
            tops.moveHead(chain, to);
            raised.add(RollbackAcceptance.recovered(now, subject));
        }
    }

    private void requireNoContradiction(BlockStatement block) {
        var given = new Head(block.height(), block.blockHash());
        List<Head> known = remembered.getOrDefault(block.chain(), Set.of()).stream()
                .map(Head::of)
                .toList();
        Optional<Head> rival = known.stream().filter(given::isRivalOf).findFirst();
        if (rival.isPresent() && !known.contains(given)) {
            throw contradiction(
                    block.chain(),
                    block.height(),
                    "the evidence says " + given.hash() + ", the token "
                            + rival.get().hash());
        }
    }

    /** A claim that was never signed contradicts nothing. */
    private static void requireNoContradiction(Rows rows, ChainName chain, Head known, String source)
            throws SQLException {
        Optional<BlockRecord> here = new BlockTable(rows)
                .block(chain, known.height())
                .filter(block -> block.signature().isPresent());
        if (here.isPresent() && !here.get().statement().blockHash().equals(known.hash())) {
            throw contradiction(
                    chain,
                    known.height(),
                    source + " says " + known.hash() + ", the store "
                            + here.get().statement().blockHash());
        }
    }

    private static ConfigurationFault contradiction(ChainName chain, Height height, String what) {
        return new ConfigurationFault("chain " + chain + ", height " + height + ": " + what
                + ". Two blocks of one height were signed: do not go on, and find out how");
    }
}
