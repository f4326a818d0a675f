package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.envelope.EmergencyAccess;

/** Has the end of every emergency recorded soon after it; of those that ended while the appliance was down, after its start. */
@Singleton
final class EmergencyWatch {
    private static final Logger LOG = Logger.getLogger(EmergencyWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final EmergencyAccess emergencies;
    private final AuditLog audit;
    private final Thread thread =
            Thread.ofPlatform().name("emergency-watch").daemon(true).unstarted(this::run);
    private volatile boolean stopping;

    EmergencyWatch(EmergencyAccess emergencies, AuditLog audit) {
        this.emergencies = emergencies;
        this.audit = audit;
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent ending) {
        stopping = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopping) {
            try {
                Thread.sleep(INTERVAL);
                if (audit.whyClosed().isEmpty()) {
                    emergencies.endThoseOver();
                }
            } catch (InterruptedException e) {
                return; // stopping
            } catch (RuntimeException e) {
                LOG.warnf("the end of an emergency was not recorded: %s", e.getMessage());
            }
        }
    }
}
