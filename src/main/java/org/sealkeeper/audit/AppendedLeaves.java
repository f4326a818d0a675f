package org.sealkeeper.audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.WriteBehind;

/**
 * The leaves that the writer appends: numbered at once, and written together. Those that say what has begun are remembered until another
 * leaf says how it ended, and no longer: what outlives its request goes into the JVM's old generation, and is not collected for long.
 */
final class AppendedLeaves implements WriteBehind {
    /** More than this are under way only where the token is gone. */
    private static final int MOST_UNDER_WAY = 4_096;

    private final List<@Nullable Object[]> unwritten = new ArrayList<>();
    private final Map<Long, RecordedLeaf> underWay = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RecordedLeaf> eldest) {
            return size() > MOST_UNDER_WAY;
        }
    };
    private long size;

    private AppendedLeaves(long size) {
        this.size = size;
    }

    /** Those of the transactions of this connection. */
    static AppendedLeaves of(Rows rows) throws SQLException {
        return rows.common(AppendedLeaves.class, first -> new AppendedLeaves(new AuditTable(first).size()));
    }

    /** Appends a leaf and gives its index. */
    long append(RecordedLeaf leaf) {
        long index = size++;
        unwritten.add(new @Nullable Object[] {index, leaf.entry()});
        leaf.number(LeafField.BEGUN).ifPresent(underWay::remove);
        if (leaf.says(LeafField.OUTCOME, Outcome.BEGUN.text())) {
            underWay.put(index, leaf);
        }
        return index;
    }

    /** One that says what has begun; empty where it is in the store alone. */
    Optional<RecordedLeaf> underWay(long index) {
        return Optional.ofNullable(underWay.get(index));
    }

    /** Others only append. What has begun here stays known, however often another appliance has its turn. */
    @Override
    public boolean outlivesOthers(Rows rows) throws SQLException {
        size = new AuditTable(rows).size();
        return true;
    }

    @Override
    public void write(Rows rows) throws SQLException {
        rows.updateEach("a free index in the log", "INSERT INTO audit_leaf (idx, entry) VALUES (?, ?)", unwritten);
        unwritten.clear();
    }
}
