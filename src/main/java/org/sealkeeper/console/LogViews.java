package org.sealkeeper.console;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Cosignatures;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.LogHistory;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.store.Store;

/** Reads the audit log as a {@link LogView}. */
@Singleton
final class LogViews {
    private final AuditFile settings;
    private final AuditLog log;
    private final Cosignatures cosignatures;
    private final LogHistory history;

    LogViews(AuditFile settings, AuditLog log, Cosignatures cosignatures, Store store) {
        this.settings = settings;
        this.log = log;
        this.cosignatures = cosignatures;
        this.history = new LogHistory(store);
    }

    LogView now() {
        Optional<PublishedLog> published = log.published();
        long checkpointed = published.map(log -> log.checkpoint().size()).orElse(0L);
        return new LogView(
                settings.origin().value(),
                Math.max(history.size(), checkpointed),
                checkpointed,
                cosignatures.newest().map(note -> Checkpoint.parse(note.text()).size()),
                settings.witnesses().size(),
                published.filter(_ -> checkpointed > 0).flatMap(log -> time(log, checkpointed - 1)),
                published.map(log -> new String(log.note().bytes(), StandardCharsets.UTF_8)));
    }

    private static Optional<String> time(PublishedLog log, long leaf) {
        return RecordedLeaf.parse(log.entries(leaf, leaf + 1).getFirst()).text(LeafField.TIME);
    }
}
