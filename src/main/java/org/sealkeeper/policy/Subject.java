package org.sealkeeper.policy;

/** What an operation is done to, and so what a rule about it must name. */
public enum Subject {
    CHAIN,
    KEY,
    /** The appliance itself. */
    NONE
}
