package org.sealkeeper.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.verify.VerificationKey;

/** Reads rows of the catalogue, and refuses what this program never wrote: another program did. */
final class KeyRow {
    private KeyRow() {}

    static PendingKey pending(ResultSet row) throws SQLException {
        return read(
                row,
                () -> new PendingKey(
                        new KeyAlias(row.getString("alias")),
                        row.getInt("version"),
                        new TokenLabel(row.getString("token")),
                        known(KeyPurpose.byText(), row.getString("purpose")),
                        algorithm(row),
                        new CkaId(row.getString("cka_id")),
                        Instant.parse(row.getString("created_at"))));
    }

    static CataloguedKey catalogued(ResultSet row) throws SQLException {
        PendingKey key = pending(row);
        return read(row, () -> {
            var catalogued = new CataloguedKey(
                    key.alias(),
                    key.version(),
                    key.token(),
                    key.purpose(),
                    status(row),
                    key.ckaId(),
                    VerificationKey.of(key.algorithm(), StoredRow.decoded(row.getString("public_key"))),
                    StoredRow.chain(row.getString("certificate")),
                    key.createdAt());
            if (!catalogued.keyId().value().equals(row.getString("key_id"))) {
                throw new IllegalArgumentException(
                        "expected the key id " + catalogued.keyId() + ", found " + row.getString("key_id"));
            }
            return catalogued;
        });
    }

    private static KeyStatus status(ResultSet row) throws SQLException {
        return new KeyStatus(
                known(KeyState.byText(), row.getString("state")),
                Instant.parse(row.getString("state_since")),
                Optional.ofNullable(row.getString("compromised_since")).map(Instant::parse));
    }

    private static SigningAlgorithm algorithm(ResultSet row) throws SQLException {
        String name = row.getString("algorithm");
        return SigningAlgorithm.named(name)
                .orElseThrow(() -> new IllegalArgumentException("expected a known algorithm, found '" + name + "'"));
    }

    private static <T> T known(Map<String, T> choices, String text) {
        T choice = choices.get(text);
        if (choice == null) {
            throw new IllegalArgumentException("expected one of " + choices.keySet() + ", found '" + text + "'");
        }
        return choice;
    }

    private static <T> T read(ResultSet row, StoredRow.Reading<T> reading) throws SQLException {
        return StoredRow.read(
                "key '" + row.getString("alias") + "' version " + row.getInt("version"), "catalogue", reading);
    }
}
