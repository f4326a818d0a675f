package org.sealkeeper.envelope.emergency;

import java.time.Instant;

/**
 * That an emergency began. It does not say why: that is for those who review it.
 *
 * @param until when it ends
 * @param leaf the index of its leaf in the audit log
 */
public record EmergencyNotice(String caller, String key, String purpose, Instant at, Instant until, long leaf) {}
