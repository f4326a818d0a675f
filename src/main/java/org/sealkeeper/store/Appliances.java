package org.sealkeeper.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The appliances that share a database, as a transaction sees them. An embedded store has none. */
public final class Appliances {
    private static final int FIRST = 1;

    private Appliances() {}

    /**
     * One of them.
     *
     * @param number in the order in which they joined, from 1
     * @param log the name of its audit log; empty until its first start
     * @param databaseRun the {@link Rows#databaseRun} in which it last found everything that it remembers
     * @param acknowledged the highest number of an appliance that its own log knows of
     * @param beat rises with each of its looks
     * @param beatAt when it looked last; empty until its first start
     * @param retiredAt since when it does not come back; empty while it may
     */
    public record Entry(
            int number,
            String name,
            Optional<String> log,
            String databaseRun,
            int acknowledged,
            long beat,
            Optional<Instant> beatAt,
            Optional<Instant> retiredAt) {

        /**
         * Whether it may have signed, and may sign again. One that never started has not: that it joined stops none. In a database of before
         * its first start, the others lack the leaves that name it.
         */
        public boolean isExpected() {
            return retiredAt.isEmpty() && log.isPresent();
        }

        private static Entry read(ResultSet row) throws SQLException {
            return new Entry(
                    row.getInt("number"),
                    row.getString("name"),
                    Optional.ofNullable(row.getString("log")),
                    row.getString("database_run"),
                    row.getInt("acknowledged"),
                    row.getLong("beat"),
                    Optional.ofNullable(row.getString("beat_at")).map(Instant::parse),
                    Optional.ofNullable(row.getString("retired_at")).map(Instant::parse));
        }
    }

    /** All there ever were, in the order in which they joined. */
    public static List<Entry> all(Rows rows) throws SQLException {
        return rows.list("SELECT * FROM appliance ORDER BY number", Entry::read);
    }

    /** Makes this appliance one of them. */
    static int enter(Rows rows, String name) throws SQLException {
        int number = all(rows).stream().mapToInt(Entry::number).max().orElse(0) + FIRST;
        rows.update("INSERT INTO this_appliance (id, name) VALUES (1, ?)", name);
        return rows.update("INSERT INTO appliance (number, name, acknowledged) VALUES (?, ?, ?)", number, name, number);
    }

    static boolean isEntered(Rows rows, String name) throws SQLException {
        return rows.first(
                        "SELECT a.name FROM appliance a JOIN this_appliance t ON a.name = t.name WHERE t.name = ?",
                        row -> row.getString(1),
                        name)
                .isPresent();
    }

    /**
     * Notes that an appliance found everything it remembers.
     *
     * @param now RFC 3339
     */
    public static void look(Rows rows, Entry entry, String log, String databaseRun, String now) throws SQLException {
        rows.update(
                "UPDATE appliance SET log = ?, database_run = ?, beat = ?, beat_at = ? WHERE name = ?",
                log,
                databaseRun,
                entry.beat() + 1,
                now,
                entry.name());
    }

    /** Notes that an appliance's own log, and its token, know of all that joined up to this number. */
    public static int acknowledge(Rows rows, String name, int number) throws SQLException {
        return rows.update(
                "UPDATE appliance SET acknowledged = ? WHERE name = ? AND acknowledged < ?", number, name, number);
    }

    /**
     * Notes that an appliance never comes back.
     *
     * @param now RFC 3339
     * @return 0 where there is no such appliance, or it was retired before
     */
    public static int retire(Rows rows, String name, String now) throws SQLException {
        return rows.update("UPDATE appliance SET retired_at = ? WHERE name = ? AND retired_at IS NULL", now, name);
    }
}
