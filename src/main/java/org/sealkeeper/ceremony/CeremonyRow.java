package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request that was begun.
 *
 * @param approvals their JWS, as they were given
 * @param revocations PEM of the lists by which the officers' certificates were judged
 * @param begunLeaf the index of the leaf that says so
 * @param result empty while it goes on
 */
public record CeremonyRow(
        Request request,
        List<Approval> approvals,
        Optional<String> revocations,
        State state,
        Instant begunAt,
        long begunLeaf,
        Optional<Instant> endedAt,
        Optional<Long> endedLeaf,
        Optional<CeremonyResult> result) {
    public CeremonyRow {
        approvals = List.copyOf(approvals);
    }

    /** How far it got. */
    public enum State {
        BEGUN("begun"),
        DONE("done"),
        /** Others began another one instead of finishing it. */
        ABANDONED("abandoned");

        private final String text;

        State(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static State named(String text) {
            for (State state : values()) {
                if (state.text.equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("expected a state of a ceremony");
        }
    }

    static CeremonyRow of(ResultSet row) throws SQLException {
        long endedLeaf = row.getLong("ended_leaf");
        boolean hasEnded = !row.wasNull();
        return new CeremonyRow(
                Request.parse(row.getString("request").getBytes(UTF_8)),
                row.getString("approvals").lines().map(Approval::parse).toList(),
                Optional.ofNullable(row.getString("revocations")),
                State.named(row.getString("state")),
                Instant.parse(row.getString("begun_at")),
                row.getLong("begun_leaf"),
                Optional.ofNullable(row.getString("ended_at")).map(Instant::parse),
                hasEnded ? Optional.of(endedLeaf) : Optional.empty(),
                Optional.ofNullable(row.getString("result"))
                        .map(result -> CeremonyResult.parse(result.getBytes(UTF_8))));
    }
}
