package org.sealkeeper.audit;

/** What was done, or asked for. The names are part of the leaf format and never change their meaning. */
public enum Operation {
    SIGN_BLOCK("sign-block"),
    READ_CHAIN("read-chain"),
    VERIFY_SIGNATURE("verify-signature"),
    READ_KEYS("read-keys"),
    READ_AUDIT_LOG("read-audit-log"),
    RECEIVE_COSIGNATURE("receive-cosignature"),
    COSIGN_CHECKPOINT("cosign-checkpoint"),
    CREATE_KEY("create-key"),
    START_APPLIANCE("start-appliance"),
    STOP_APPLIANCE("stop-appliance"),
    ACCEPT_ROLLBACK("accept-rollback"),
    /** A request that was refused before it was known to be any of these. */
    OTHER_REQUEST("other-request");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** Its name in leaves and on the wire. */
    public String text() {
        return text;
    }
}
