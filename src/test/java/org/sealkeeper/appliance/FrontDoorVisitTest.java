package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.http.listener.ListenerTls;
import org.sealkeeper.kernel.TokenLabel;

class FrontDoorVisitTest {
    @TempDir
    private Path folder;

    private static ApplianceFile listeningAt(int port, ApplianceFile.Tls tls) {
        Path none = Path.of("none");
        return new ApplianceFile(
                new ApplianceFile.Listener("0.0.0.0", port),
                new ApplianceFile.Listener("127.0.0.1", 9000),
                tls,
                new ApplianceFile.Limits(1, 1, 1),
                List.of(new ApplianceFile.Token(none, new TokenLabel("none"), none)),
                new StoreLocation.Embedded(none),
                none,
                none,
                none,
                new ApplianceFile.Alerts(Optional.empty()),
                none,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anApiThatHangsUpOnStrangersIsNotReady() throws Exception {
        var pki = new TestPki(folder);
        var files = new ApplianceFile.Tls(
                pki.certificate("server"), pki.key("server"), pki.certificate("ca"), Optional.empty());
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUpOnOne(listener));
            var visit = new FrontDoorVisit(
                    listeningAt(listener.getLocalPort(), files), ListenerTls.load(files, InstantSource.system()));

            assertThat(visit.make().toCompletableFuture())
                    .failsWithin(60, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
        }
    }

    private static void hangUpOnOne(ServerSocket listener) {
        try {
            listener.accept().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
