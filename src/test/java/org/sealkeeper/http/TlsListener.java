package org.sealkeeper.http;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.cli.TestPki;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.http.listener.LibrarySwitches;
import org.sealkeeper.http.listener.ListenerSettings;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.testing.ForkFolder;

/** Gives the HTTP rooms the listener of an appliance, with certificates of its own. */
public final class TlsListener implements QuarkusTestResourceLifecycleManager {
    public static final TestPki PKI = new TestPki(ForkFolder.path().resolve("http-tests/pki")).withRevoked("revoked");

    static final ApplianceFile APPLIANCE = new ApplianceFile(
            new ApplianceFile.Listener("127.0.0.1", 8443),
            new ApplianceFile.Listener("127.0.0.1", 9000),
            new ApplianceFile.Tls(
                    PKI.certificate("server"),
                    PKI.key("server"),
                    PKI.certificate("ca"),
                    Optional.of(PKI.revocations())),
            new ApplianceFile.Limits(100_000, 100_000, 8),
            List.of(new ApplianceFile.Token(Path.of("none"), new TokenLabel("none"), Path.of("none"))),
            new StoreLocation.Embedded(ForkFolder.path().resolve("http-tests/store")),
            Path.of("none"),
            Path.of("none"),
            Path.of("none"),
            new ApplianceFile.Alerts(Optional.empty()),
            Path.of("none"),
            Optional.empty(),
            Optional.empty());

    @Override
    public Map<String, String> start() {
        LibrarySwitches.all().forEach(System::setProperty);
        var settings = new HashMap<>(ListenerSettings.of(APPLIANCE));
        settings.put("quarkus.http.test-ssl-port", "0");
        settings.put("quarkus.management.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        LibrarySwitches.all().keySet().forEach(System::clearProperty);
    }
}
