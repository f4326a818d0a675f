package org.sealkeeper.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;

/** A row of a rewrap window, those being opened or closed included. */
public record RewrapWindowRow(RewrapWindow window, State state) {

    /** How far its opening, or its closing, has got. */
    public enum State {
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }

    public static RewrapWindowRow of(ResultSet row) throws SQLException {
        return StoredRow.read(
                "rewrap window of '" + row.getString("alias") + "'",
                () -> new RewrapWindowRow(
                        new RewrapWindow(
                                new KeyAlias(row.getString("alias")),
                                row.getInt("from_version"),
                                row.getInt("to_version"),
                                new CkaId(row.getString("cka_id")),
                                Instant.parse(row.getString("opened_at")),
                                Optional.ofNullable(row.getString("closed_at")).map(Instant::parse)),
                        StoredRow.state(State.class, row.getString("state"))));
    }
}
