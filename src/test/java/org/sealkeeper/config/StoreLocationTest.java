package org.sealkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
    private static final Path FOLDER = Path.of("/etc/sealkeeper");
    private static final String FILES =
            "passwordFile=db.password&certificateAuthorities=db-ca.pem&state=/var/lib/sealkeeper&appliance=a";

    @Test
    void aPathIsAnEmbeddedStore() {
        StoreLocation location = StoreLocation.parse("store/sealkeeper.db", FOLDER);

        assertThat(location).isEqualTo(new StoreLocation.Embedded(Path.of("/etc/sealkeeper/store/sealkeeper.db")));
        assertThat(location.beside(".keys-lock")).isEqualTo(Path.of("/etc/sealkeeper/store/sealkeeper.db.keys-lock"));
    }

    @Test
    void anAddressIsADatabaseOfAServer() {
        StoreLocation location = StoreLocation.parse("postgresql://signer@db.example:6432/ledger?" + FILES, FOLDER);

        assertThat(location)
                .isEqualTo(new StoreLocation.Server(
                        "db.example",
                        6432,
                        "ledger",
                        "signer",
                        Path.of("/etc/sealkeeper/db.password"),
                        Optional.of(Path.of("/etc/sealkeeper/db-ca.pem")),
                        Path.of("/var/lib/sealkeeper"),
                        "a"));
        assertThat(location).hasToString("postgresql://signer@db.example:6432/ledger");
        assertThat(location.beside(".keys-lock")).isEqualTo(Path.of("/var/lib/sealkeeper/postgresql.keys-lock"));
    }

    @Test
    void thePortOfPostgresqlNeedNotBeNamed() {
        var location =
                (StoreLocation.Server) StoreLocation.parse("postgresql://signer@db.example/ledger?" + FILES, FOLDER);

        assertThat(location.port()).isEqualTo(5432);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void aServerOnThisMachineMayDoWithoutTls(String host) {
        var location = (StoreLocation.Server) StoreLocation.parse(
                "postgresql://signer@" + host
                        + "/ledger?passwordFile=p&certificateAuthorities=none&state=s&appliance=a",
                FOLDER);

        assertThat(location.authorities()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://signer@db.example/ledger?passwordFile=p&certificateAuthorities=none&state=s&appliance=a | may do without TLS",
                "postgresql://signer@localhost.example/ledger?passwordFile=p&certificateAuthorities=none&state=s&appliance=a | may do without TLS",
                "postgresql://signer:secret@db.example/ledger?passwordFile=p&certificateAuthorities=c&state=s&appliance=a | no password: that is in a file",
                "postgresql://db.example/ledger?passwordFile=p&certificateAuthorities=c&state=s&appliance=a | expected the user's name",
                "postgresql://signer@db.example/?passwordFile=p&certificateAuthorities=c&state=s&appliance=a | expected postgresql://USER@HOST/DATABASE",
                "postgresql://signer@db.example/a/b?passwordFile=p&certificateAuthorities=c&state=s&appliance=a | expected postgresql://USER@HOST/DATABASE",
                "postgresql://signer@db.example/ledger%3Fsslmode%3Ddisable?passwordFile=p&certificateAuthorities=c&state=s&appliance=a | to be of letters",
                "postgresql://signer:secret@db example/ledger?passwordFile=p | expected postgresql://USER@HOST/DATABASE",
                "postgresql://signer@db.example/ledger | expected each of [appliance, certificateAuthorities, passwordFile, state] once",
                "postgresql://signer@db.example/ledger?passwordFile=p&state=s&appliance=a | found [appliance, passwordFile, state]",
                "postgresql://signer@db.example/ledger?passwordFile=p&passwordFile=q&certificateAuthorities=c&state=s&appliance=a | once, with a value",
                "postgresql://signer@db.example/ledger?passwordFile=&certificateAuthorities=c&state=s&appliance=a | once, with a value",
                "postgresql://signer@db.example/ledger?passwordFile=p&certificateAuthorities=c&state=s&appliance=a&sslmode=disable | found [appliance, certificateAuthorities, passwordFile, sslmode, state]",
            })
    void whatIsMissingUnknownOrUnsafeIsRefused(String address, String message) {
        assertThatThrownBy(() -> StoreLocation.parse(address, FOLDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }
}
