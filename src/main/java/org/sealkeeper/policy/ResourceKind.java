package org.sealkeeper.policy;

/** What an operation of the policy is done to. */
public enum ResourceKind {
    CHAIN,
    KEY,
    /** The appliance itself. */
    NONE
}
