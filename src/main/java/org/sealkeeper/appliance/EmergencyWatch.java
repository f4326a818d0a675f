package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.envelope.EmergencyAccess;

/** Has the end of every emergency recorded soon after it; of those that ended while the appliance was down, after its start. */
@Singleton
final class EmergencyWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final EmergencyAccess emergencies;
    private final AuditLog audit;
    private final Watch watch =
            new Watch("emergency-watch", INTERVAL, this::look, "the end of an emergency was not recorded");

    EmergencyWatch(EmergencyAccess emergencies, AuditLog audit) {
        this.emergencies = emergencies;
        this.audit = audit;
    }

    void start(@Observes StartupEvent started) {
        watch.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        watch.stop();
    }

    private void look() {
        if (audit.whyClosed().isEmpty()) {
            emergencies.endThoseOver();
        }
    }
}
