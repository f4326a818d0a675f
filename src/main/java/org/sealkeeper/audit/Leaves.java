package org.sealkeeper.audit;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.store.Rows;

/** The leaves, beside a running appliance, as commands see them; what they append is in the appliance's next checkpoint. */
public record Leaves(Rows rows) {

    /**
     * Appends a leaf in this transaction, and gives its index.
     *
     * @throws IllegalArgumentException if the {@link LeafTable} has no such leaf, or it contradicts one that it names: no auditor
     *     would find the log valid any more
     */
    public long append(Leaf leaf) throws SQLException {
        RecordedLeaf recorded = leaf.recorded();
        Map<Long, RecordedLeaf> named = named(recorded);
        switch (new LeafJudge(index -> Optional.ofNullable(named.get(index))).judge(recorded)) {
            case LeafJudgement.Fits() -> {}
            case LeafJudgement.Unknown(String what) ->
                throw new IllegalArgumentException("expected a leaf of the table, found " + what);
            case LeafJudgement.Contradiction(String reason) -> throw new IllegalArgumentException(reason);
        }
        return AppendedLeaves.of(rows).append(recorded);
    }

    private Map<Long, RecordedLeaf> named(RecordedLeaf leaf) throws SQLException {
        Map<Long, RecordedLeaf> named = new HashMap<>();
        for (LeafField by : LeafJudge.NAMES_OF_LEAVES) {
            OptionalLong index = leaf.number(by);
            if (index.isPresent()) {
                at(index.getAsLong()).ifPresent(earlier -> named.put(index.getAsLong(), earlier));
            }
        }
        return named;
    }

    private Optional<RecordedLeaf> at(long index) throws SQLException {
        Optional<RecordedLeaf> underWay = AppendedLeaves.of(rows).underWay(index);
        return underWay.isPresent() ? underWay : entry(index).map(RecordedLeaf::parse);
    }

    /** The entry at an index; empty where the log ends before. */
    public Optional<byte[]> entry(long index) throws SQLException {
        return new AuditTable(rows).entries(index, index + 1).stream().findFirst();
    }
}
