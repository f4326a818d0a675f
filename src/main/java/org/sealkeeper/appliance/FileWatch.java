package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.InForce;
import org.sealkeeper.gate.PolicyRecord;
import org.sealkeeper.http.listener.ListenerTls;
import org.sealkeeper.issuers.TrustedIssuers;
import org.sealkeeper.policy.Policy;

/**
 * Looks twice a second whether files changed that take effect while the appliance runs. Each kind has a loop of its own: a certificate
 * that cannot be renewed must not hold up a revocation.
 */
@Singleton
final class FileWatch {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final List<BackgroundLoop> loops;

    FileWatch(
            InForce<Policy> policy,
            PolicyRecord policyRecord,
            InForce<TrustedIssuers> issuers,
            UserPins userPins,
            ListenerTls tls,
            AuditLog audit,
            InstantSource clock,
            BackgroundLoops loops) {
        var certificates = new FilesRecord(
                "certificate of the API", Operation.LOAD_CERTIFICATE, "invalid-certificate", audit, clock);
        var authorities =
                new FilesRecord("client authorities", Operation.LOAD_AUTHORITIES, "invalid-authorities", audit, clock);
        var ofTokens = new FilesRecord(
                "issuers of bearer tokens", Operation.LOAD_AUTHORITIES, "invalid-issuers", audit, clock);
        var pins = new PinRecord();
        this.loops = List.of(
                loop(loops, "policy-watch", "the policy file", () -> policy.look(policyRecord)),
                loop(loops, "issuers-watch", "the issuers' file", () -> issuers.look(ofTokens)),
                loop(loops, "pin-watch", "the user PIN's file", () -> userPins.look(pins)),
                loop(
                        loops,
                        "authorities-watch",
                        "the client authorities",
                        () -> tls.authorities().look(authorities)),
                loop(
                        loops,
                        "certificate-watch",
                        "the certificate of the API",
                        () -> tls.certificate().look(certificates)));
    }

    private static BackgroundLoop loop(BackgroundLoops loops, String name, String what, BackgroundLoop.Round look) {
        return loops.loop(name, INTERVAL, look, what + " was not looked at");
    }

    void start(@Observes StartupEvent started) {
        loops.forEach(BackgroundLoop::start);
    }

    void stop(@Observes ShutdownEvent ending) {
        loops.forEach(BackgroundLoop::close);
    }

    void lookNow() {
        loops.forEach(BackgroundLoop::wake);
    }
}
