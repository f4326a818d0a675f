package org.sealkeeper.appliance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;

/** Looks at the {@link OldGeneration} of the serial collector. Where an operator chose another collector, that has ways of its own. */
@Singleton
final class HeapCare {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final String OF_THE_SERIAL_COLLECTOR = "Tenured Gen";

    private final Optional<BackgroundLoop> loop;

    HeapCare(BackgroundLoops loops) {
        this.loop = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OF_THE_SERIAL_COLLECTOR))
                .map(HeapCare::oldGeneration)
                .map(old -> loops.loop("heap-care", INTERVAL, old::look, "the heap was not looked at"))
                .findFirst();
    }

    private static OldGeneration oldGeneration(MemoryPoolMXBean pool) {
        return new OldGeneration(() -> pool.getUsage().getUsed(), System::gc);
    }

    void start(@Observes StartupEvent started) {
        loop.ifPresent(BackgroundLoop::start);
    }

    void stop(@Observes ShutdownEvent ending) {
        loop.ifPresent(BackgroundLoop::close);
    }
}
