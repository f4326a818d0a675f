package org.sealkeeper.store.move;

import java.sql.SQLException;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Appliances;
import org.sealkeeper.store.Filling;
import org.sealkeeper.store.Rows;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.StoreIdentity;

/** The database that a store is moved into. */
record Target(Store database, StoreLocation.Server location) {

    /**
     * Marks it as being filled, and empties it where nothing is to be continued: what an interrupted copy left of a store that has changed
     * since.
     *
     * @param identity of the store that is moved
     * @param content of it
     * @return how far an interrupted copy came
     * @throws ConfigurationFault if there is anything else in the database
     */
    Filling begin(String identity, String content) {
        Optional<Filling> begun = database.commit(rows -> begin(rows, identity, content));
        return begun.orElseThrow(() -> refusal(identity));
    }

    /** In one transaction: if we crash here, it is empty still, or marked. */
    private Optional<Filling> begin(Rows rows, String identity, String content) throws SQLException {
        Optional<Filling> found = Filling.of(rows);
        if (found.isPresent()
                && found.get().store().equals(identity)
                && found.get().content().equals(content)) {
            return found;
        }
        boolean isOurs = found.isPresent()
                ? found.get().store().equals(identity)
                : firstFilled(rows).isEmpty();
        if (!isOurs || hasOthers(rows)) {
            return Optional.empty();
        }
        rows.update("TRUNCATE " + String.join(", ", Tables.NAMES));
        var begun = new Filling(identity, content, "", 0);
        begun.keep(rows);
        return Optional.of(begun);
    }

    private boolean hasOthers(Rows rows) throws SQLException {
        return !Appliances.all(rows).stream().allMatch(entry -> entry.name().equals(location.appliance()));
    }

    private static Optional<String> firstFilled(Rows rows) throws SQLException {
        for (String table : Tables.NAMES) {
            if (!Tables.NEVER_EMPTY.contains(table)
                    && rows.first("SELECT 1 FROM " + table + " LIMIT 1", row -> true)
                            .isPresent()) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    private ConfigurationFault refusal(String identity) {
        String found = database.read(rows -> {
            Optional<Filling> other = Filling.of(rows);
            if (other.isPresent()) {
                return "the unfinished copy of the store " + other.get().store();
            }
            String there = StoreIdentity.of(rows);
            return (there.equals(identity)
                            ? "this very store, complete: it was moved here before"
                            : "the store " + there)
                    + " (with rows in " + firstFilled(rows).orElse("none of its tables")
                    + (hasOthers(rows) ? ", and other appliances" : "")
                    + ")";
        });
        return new ConfigurationFault(location + ": expected an empty database, or one that the store " + identity
                + " is being moved into; found " + found + ". Nothing was changed; name another database");
    }

    /** Whether it is the complete store of this identity. */
    boolean isStore(String identity) {
        return database.read(
                rows -> Filling.of(rows).isEmpty() && StoreIdentity.of(rows).equals(identity));
    }

    /** From now on it is the ledger's store. */
    void complete() {
        int _ = database.commit(rows -> Filling.end(rows, location));
    }
}
