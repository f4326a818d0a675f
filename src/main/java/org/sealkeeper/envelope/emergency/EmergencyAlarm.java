package org.sealkeeper.envelope.emergency;

/** Tells people at once that an emergency began. Must not wait, and never throws: the leaf is written already. */
@FunctionalInterface
public interface EmergencyAlarm {
    void ring(EmergencyNotice notice);
}
