package org.sealkeeper.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.Cosignatures;
import org.sealkeeper.background.CountedPauses;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.SoftwareLog;
import org.sealkeeper.testing.TestLog;

/** A feed that cannot read the store waits before it tries again. */
class WitnessFeedTest {
    private static final int ROUNDS = 20;

    @Test
    void whileTheStoreCannotBeReadEveryTrialIsPrecededByAPause(@TempDir Path folder) throws InterruptedException {
        var pauses = new CountedPauses();
        var unreachable = new AuditFile.Witness(SoftwareLog.WITNESS.verifier(), URI.create("https://localhost:1/"));
        try (var appliance = TestLog.in(folder);
                var store = appliance.openStore();
                var client = HttpClient.newHttpClient()) {
            var faulty = new FaultyStore(store);
            var log = appliance.open(faulty);
            try (var feed = new WitnessFeed(
                    log,
                    new Cosignatures(faulty, log, List.of()),
                    List.of(new RemoteWitness(unreachable, client, System::nanoTime)),
                    new StartConfirmation(faulty, true, Optional.empty()),
                    pauses.loops())) {
                feed.start();
                pauses.pass(1);
                log.append(TestLog.leaf(1)).toCompletableFuture().join();
                log.close(); // publishes it, and reads no more
                faulty.failReads();
                pauses.pass(ROUNDS);
                assertThat(faulty.failedReads()).isEqualTo(ROUNDS);
                assertThat(pauses.loops().deaths()).isEmpty();
            }
        }
    }
}
