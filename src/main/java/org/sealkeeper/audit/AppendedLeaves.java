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

/** The leaves that the writer appends: numbered at once, written together, and remembered for those that will name them. */
final class AppendedLeaves implements WriteBehind {
    /** Those of all requests that are under way find the leaves they name here. */
    private static final int REMEMBERED = 4_096;

    private final List<@Nullable Object[]> unwritten = new ArrayList<>();
    private final Map<Long, RecordedLeaf> recent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RecordedLeaf> eldest) {
            return size() > REMEMBERED;
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
        recent.put(index, leaf);
        return index;
    }

    /** One that was appended not long ago. */
    Optional<RecordedLeaf> recent(long index) {
        return Optional.ofNullable(recent.get(index));
    }

    @Override
    public void write(Rows rows) throws SQLException {
        rows.updateEach("a free index in the log", "INSERT INTO audit_leaf (idx, entry) VALUES (?, ?)", unwritten);
        unwritten.clear();
    }
}
