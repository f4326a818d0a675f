package org.sealkeeper.ledger.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.PostgresServer;
import org.sealkeeper.testing.SoftwareChain;

/** The statements on handovers, on a real server. */
@Timeout(120)
class HandoverInPostgresTest {
    @TempDir
    Path folder;

    @Test
    void aChainGoesFromOneDatabaseToAnotherAndBack() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                SignedStore here = SignedStore.in(
                        server.newDatabase(Files.createDirectory(folder.resolve("here"))), "lab-a.example/audit");
                SignedStore there = SignedStore.in(
                        server.newDatabase(Files.createDirectory(folder.resolve("there"))), "lab-b.example/audit")) {
            here.sign(SoftwareChain.statements("lab-a", 0, 1, 2));
            there.open(here.export(there, "lab-a"));
            there.sign(SoftwareChain.statements("lab-a", 3));
            here.open(there.export(here, "lab-a"));

            assertThat(there.isClosed("lab-a")).isTrue();
            assertThat(here.isClosed("lab-a")).isFalse();
            assertThat(here.head("lab-a")).contains(SignedStore.head(3, SoftwareChain.hash("lab-a", 3)));
        }
    }
}
