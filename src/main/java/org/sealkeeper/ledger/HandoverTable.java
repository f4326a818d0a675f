package org.sealkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Handover.Direction;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Rows;

/** The statements on handovers, as seen by one transaction. */
public record HandoverTable(Rows rows) {

    /** The last handover of a chain; empty where it never was handed over. */
    public Optional<Handover> last(ChainName chain) throws SQLException {
        return rows.first("""
                SELECT number, direction, log, leaf, handed_over_at, appliance = (SELECT name FROM this_appliance)
                FROM chain_handover WHERE chain = ?""", HandoverTable::read, chain.value());
    }

    private static Handover read(ResultSet row) throws SQLException {
        return new Handover(
                row.getLong(1),
                Direction.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new Origin(row.getString(3)),
                row.getLong(4),
                Instant.parse(row.getString(5)),
                row.getBoolean(6));
    }

    /** The chain is closed, or goes on, from this transaction on. */
    public void keep(ChainName chain, Handover handover) throws SQLException {
        rows.update(
                """
                INSERT INTO chain_handover (chain, number, direction, log, leaf, handed_over_at, appliance)
                VALUES (?, ?, ?, ?, ?, ?, (SELECT name FROM this_appliance))
                ON CONFLICT (chain) DO UPDATE SET number = excluded.number, direction = excluded.direction,
                log = excluded.log, leaf = excluded.leaf, handed_over_at = excluded.handed_over_at,
                appliance = excluded.appliance""",
                chain.value(),
                handover.number(),
                handover.direction().name().toLowerCase(Locale.ROOT),
                handover.log().value(),
                handover.leaf(),
                Rfc3339.milliseconds(handover.at()));
    }
}
