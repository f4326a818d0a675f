package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.config.ApplianceFile;

/** How a start ends on what its rooms throw; {@code RefusesToStartIT} has starts that end so. */
class FailedStartTest {
    private static final String APPLIANCE = """
            api: {host: 127.0.0.1, port: 8443}
            management: {host: 127.0.0.1, port: 9000}
            tls: {certificate: server.pem, key: server.key, clientAuthorities: ca.pem, revocations: none}
            limits: {requestsPerSecond: 1, burst: 1, concurrentRequests: 1}
            tokens: [{profile: profile.yaml, label: sealkeeper, userPin: user.pin}]
            store: sealkeeper.db
            chains: chains.yaml
            audit: audit.yaml
            policy: policy.yaml
            alerts: {webhook: none}
            issuers: issuers.yaml
            """;

    private final Wiring wiring = new Wiring();

    @TempDir
    private Path folder;

    @Test
    void aFileOnADiskThatFailsMayBeReadLater() throws IOException {
        assertMayPass("user.pin", settings -> wiring.userPins(settings, new SecureRandom()));
        assertMayPass("audit.yaml", wiring::auditSettings);
        assertMayPass("issuers.yaml", settings -> wiring.issuers(settings, InstantSource.system()));
        var _ = new TestPki(folder);
        for (String file : new String[] {"server.pem", "server.key", "ca.pem"}) {
            assertMayPass(file, settings -> wiring.listenerTls(settings, InstantSource.system()));
        }
    }

    private void assertMayPass(String file, Consumer<ApplianceFile> room) throws IOException {
        Path failing = Path.of("/proc/self/mem"); // reading it fails
        Path appliance =
                Files.writeString(folder.resolve("appliance.yaml"), APPLIANCE.replace(file, failing.toString()));

        Throwable thrown = catchThrowable(() -> room.accept(ApplianceFile.read(appliance)));

        Optional<FailedStart> ended = FailedStart.of(thrown);
        assertThat(ended).as("on %s", thrown).isPresent();
        assertThat(ended.get().exitCode()).as(ended.get().message()).isEqualTo(FailedStart.FAILED);
        assertThat(ended.get().message())
                .startsWith("failed to start: " + failing + ": cannot be read: Input/output error; ");
    }
}
