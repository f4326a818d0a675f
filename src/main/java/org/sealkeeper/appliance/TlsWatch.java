package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.http.listener.Listener;
import org.sealkeeper.http.listener.ListenerTls;

/**
 * Looks twice a second whether the TLS files changed, and has them take the place of those in force. Says in the log and the health
 * report why bad ones did not, and what ends soon; that is no reason to restart the process, or to send it no traffic.
 */
@Liveness
@Singleton
final class TlsWatch implements HealthCheck {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration NOTICE_OF_CERTIFICATE = Duration.ofDays(7);
    private static final Duration NOTICE_OF_REVOCATIONS = Duration.ofHours(6);

    private final ListenerTls tls;
    private final Listener listener;
    private final InstantSource clock;
    private final ReloadRecord certificateRecord;
    private final ReloadRecord authoritiesRecord;
    private final Deadline certificateEnd =
            new Deadline("the certificate of the API (tls.certificate)", NOTICE_OF_CERTIFICATE);
    private final Deadline revocationsEnd = new Deadline("a revocation list (tls.revocations)", NOTICE_OF_REVOCATIONS);
    private final BackgroundLoop watch;

    TlsWatch(ListenerTls tls, Listener listener, AuditLog audit, InstantSource clock, BackgroundLoops loops) {
        this.tls = tls;
        this.listener = listener;
        this.clock = clock;
        this.watch = loops.loop("tls-watch", INTERVAL, this::look, "the TLS files were not looked at");
        this.certificateRecord = new ReloadRecord(
                "certificate of the API", Operation.LOAD_CERTIFICATE, "invalid-certificate", audit, clock);
        this.authoritiesRecord =
                new ReloadRecord("client authorities", Operation.LOAD_AUTHORITIES, "invalid-authorities", audit, clock);
    }

    void start(@Observes StartupEvent started) {
        watch.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        watch.close();
    }

    void lookNow() {
        watch.wake();
    }

    private void look() {
        tls.authorities().look(authoritiesRecord);
        tls.certificate().look(certificateRecord);
        listener.show(tls.certificate().current());
        lookAtClock();
    }

    private void lookAtClock() {
        Instant now = clock.instant();
        certificateEnd.look(tls.certificate().current().until(), now);
        tls.authorities().current().revocationsUntil().ifPresent(end -> revocationsEnd.look(end, now));
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("TLS files")
                .up()
                .withData(
                        "certificateUntil", tls.certificate().current().until().toString());
        tls.authorities()
                .current()
                .revocationsUntil()
                .ifPresent(end -> answer.withData("revocationsUntil", end.toString()));
        tls.certificate().rejected().ifPresent(fault -> answer.withData("certificateRejected", fault.getMessage()));
        tls.authorities().rejected().ifPresent(fault -> answer.withData("authoritiesRejected", fault.getMessage()));
        return answer.build();
    }
}
