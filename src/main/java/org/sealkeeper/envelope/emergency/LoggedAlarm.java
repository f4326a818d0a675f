package org.sealkeeper.envelope.emergency;

import io.micrometer.core.instrument.MeterRegistry;

/** Warns in the log, and counts in {@code sealkeeper_emergencies_total}, on which an alert can be set. */
public final class LoggedAlarm implements EmergencyAlarm {
    private static final System.Logger LOG = System.getLogger(LoggedAlarm.class.getName());

    private final MeterRegistry registry;

    /** Registers the counter at once, so that it is 0 and not absent before the first emergency. */
    public LoggedAlarm(MeterRegistry registry) {
        this.registry = registry;
        var _ = registry.counter("sealkeeper.emergencies");
    }

    @Override
    public void ring(EmergencyNotice notice) {
        registry.counter("sealkeeper.emergencies").increment();
        LOG.log(
                System.Logger.Level.WARNING,
                "EMERGENCY ACCESS: {0} may use key {1} for {2} until {3}; leaf {4} of the audit log; review it",
                notice.caller(),
                notice.key(),
                notice.purpose(),
                notice.until(),
                Long.toString(notice.leaf()));
    }
}
