package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.envelope.emergency.EmergencyAccess;

/** Records the end of every emergency soon after it; of those that ended while the appliance was down, after its start. */
@Singleton
final class EmergencyWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final EmergencyAccess emergencies;
    private final AuditLog audit;
    private final BackgroundLoop watch;

    EmergencyWatch(EmergencyAccess emergencies, AuditLog audit, BackgroundLoops loops) {
        this.emergencies = emergencies;
        this.audit = audit;
        this.watch = loops.loop("emergency-watch", INTERVAL, this::look, "the end of an emergency was not recorded");
    }

    void start(@Observes StartupEvent started) {
        watch.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        watch.close();
    }

    private void look() {
        if (audit.whyClosed().isEmpty()) {
            emergencies.endThoseOver();
        }
    }
}
