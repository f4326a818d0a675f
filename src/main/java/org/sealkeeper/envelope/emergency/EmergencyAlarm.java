package org.sealkeeper.envelope.emergency;

/** Tells people at once that somebody began an emergency. Must not wait, and never throws: the leaf is written already. */
@FunctionalInterface
public interface EmergencyAlarm {
    void ring(EmergencyNotice notice);
}
