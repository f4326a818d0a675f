package org.sealkeeper.keys;

import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.kernel.RecipientName;

/** A row of a recipient, those being enrolled or retired included. */
public record RecipientRow(Recipient recipient, State state) {

    /** How far an enrollment, or its end, has got. */
    public enum State {
        ENROLLING,
        ENROLLED,
        RETIRING,
        RETIRED
    }

    public static RecipientRow of(ResultSet row) throws SQLException {
        return StoredRow.read("recipient '" + row.getString("name") + "'", () -> {
            X509Certificate certificate = StoredRow.certificate(row.getString("certificate"));
            var recipient = new Recipient(
                    new RecipientName(row.getString("name")),
                    new RecipientKey(certificate.getPublicKey().getEncoded()),
                    certificate,
                    Instant.parse(row.getString("enrolled_at")),
                    Optional.ofNullable(row.getString("retired_at")).map(Instant::parse));
            if (!recipient.key().toString().equals(row.getString("key"))) {
                throw new IllegalArgumentException("expected the key of its certificate");
            }
            return new RecipientRow(recipient, StoredRow.state(State.class, row.getString("state")));
        });
    }
}
