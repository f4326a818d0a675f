package org.sealkeeper.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;

/** A row of a key-encryption key, those being made and those being destroyed included. */
public record KeyEncryptionKeyRow(
        KeyAlias alias, int version, State state, CkaId ckaId, List<TokenLabel> tokens, Instant createdAt) {
    /** No label of a token has it. */
    private static final String BETWEEN = ",";

    public KeyEncryptionKeyRow {
        tokens = List.copyOf(tokens);
    }

    /** The states of {@link KeyEncryptionKey.State}, and those between. */
    public enum State {
        PRE_ACTIVE,
        ACTIVE,
        DEACTIVATED,
        DESTROYING,
        DESTROYED
    }

    public static KeyEncryptionKeyRow of(ResultSet row) throws SQLException {
        return StoredRow.read(
                "key-encryption key '" + row.getString("alias") + "' version " + row.getInt("version"),
                () -> new KeyEncryptionKeyRow(
                        new KeyAlias(row.getString("alias")),
                        row.getInt("version"),
                        StoredRow.state(State.class, row.getString("state")),
                        new CkaId(row.getString("cka_id")),
                        Stream.of(row.getString("tokens").split(BETWEEN))
                                .map(TokenLabel::new)
                                .toList(),
                        Instant.parse(row.getString("created_at"))));
    }

    /** What a column has of tokens. */
    public static String text(List<TokenLabel> tokens) {
        return tokens.stream().map(TokenLabel::value).collect(Collectors.joining(BETWEEN));
    }

    /** The key; empty where it is not yet one. */
    Optional<KeyEncryptionKey> key() {
        return switch (state) {
            case PRE_ACTIVE -> Optional.empty();
            case ACTIVE -> Optional.of(in(KeyEncryptionKey.State.ACTIVE));
            case DEACTIVATED -> Optional.of(in(KeyEncryptionKey.State.DEACTIVATED));
            case DESTROYING, DESTROYED -> Optional.of(in(KeyEncryptionKey.State.DESTROYED));
        };
    }

    /** This row in other tokens. */
    public KeyEncryptionKeyRow in(List<TokenLabel> others) {
        return new KeyEncryptionKeyRow(alias, version, state, ckaId, others, createdAt);
    }

    public KeyEncryptionKey in(KeyEncryptionKey.State known) {
        return new KeyEncryptionKey(alias, version, known, ckaId, tokens, createdAt);
    }
}
