package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.http.listener.ListenerTls;

/** Says in the log which of the TLS files in force ends soon. */
@Singleton
final class TlsDeadlines {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration NOTICE_OF_CERTIFICATE = Duration.ofDays(7);
    private static final Duration NOTICE_OF_REVOCATIONS = Duration.ofHours(6);

    private final ListenerTls tls;
    private final InstantSource clock;
    private final Deadline certificate =
            new Deadline("the certificate of the API (tls.certificate)", NOTICE_OF_CERTIFICATE);
    private final Deadline revocations = new Deadline("a revocation list (tls.revocations)", NOTICE_OF_REVOCATIONS);
    private final BackgroundLoop loop;

    TlsDeadlines(ListenerTls tls, InstantSource clock, BackgroundLoops loops) {
        this.tls = tls;
        this.clock = clock;
        this.loop = loops.loop("tls-deadlines", INTERVAL, this::look, "the ends of the TLS files were not looked at");
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        loop.close();
    }

    private void look() {
        Instant now = clock.instant();
        certificate.look(tls.certificate().current().until(), now);
        tls.authorities().current().revocationsUntil().ifPresent(end -> revocations.look(end, now));
    }
}
