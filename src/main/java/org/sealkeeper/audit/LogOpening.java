package org.sealkeeper.audit;

import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Store;

/** Looks at the log before anything is appended: whether the store has what it signed for. */
record LogOpening(Store store, Origin origin, AuditKeys keys) {

    /**
     * The last checkpoint the store knows.
     *
     * @throws ConfigurationFault if the store's log has another name, or does not have what it signed
     */
    Optional<Note> lastCheckpoint() {
        Optional<Origin> named = new LogHistory(store).origin();
        if (named.isPresent() && !named.get().equals(origin)) {
            throw new ConfigurationFault("audit.yaml names the audit log " + origin + ", but the store holds the log "
                    + named.get() + ". A log keeps its name for ever: correct 'origin'");
        }
        Optional<Note> last = store.read(rows -> new AuditTable(rows).checkpoint());
        last.ifPresent(this::requireUndamaged);
        return last;
    }

    private void requireUndamaged(Note note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        var history = new LogHistory(store);
        boolean isSigned = checkpoint.origin().equals(origin) && keys.haveSigned(note);
        if (!isSigned
                || history.size() < checkpoint.size()
                || !history.range(checkpoint.size()).root().equals(checkpoint.root())) {
            throw new ConfigurationFault("the store's audit log does not match its own last checkpoint, of size "
                    + checkpoint.size() + ": the store is damaged or was edited. Bring an undamaged copy back");
        }
    }
}
