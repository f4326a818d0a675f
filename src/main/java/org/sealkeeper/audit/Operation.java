package org.sealkeeper.audit;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was done, or asked for. The names are part of the leaf format and never change their meaning. */
public enum Operation {
    SIGN_BLOCK("sign-block"),
    READ_CHAIN("read-chain"),
    VERIFY_SIGNATURE("verify-signature"),
    READ_KEYS("read-keys"),
    READ_AUDIT_LOG("read-audit-log"),
    /** How the appliance is doing was looked at. */
    READ_STATUS("read-status"),
    READ_POLICY("read-policy"),
    /** Emergencies and their justifications were looked at. */
    READ_EMERGENCIES("read-emergencies"),
    /** An emergency was judged, after it began: the verdict of the leaf says how. */
    REVIEW_EMERGENCY("review-emergency"),
    RECEIVE_COSIGNATURE("receive-cosignature"),
    COSIGN_CHECKPOINT("cosign-checkpoint"),
    GENERATE_DATA_KEY("generate-data-key"),
    UNWRAP_DATA_KEY("unwrap-data-key"),
    REWRAP_DATA_KEY("rewrap-data-key"),
    BEGIN_EMERGENCY_ACCESS("begin-emergency-access"),
    END_EMERGENCY_ACCESS("end-emergency-access"),
    CREATE_KEY("create-key"),
    ROTATE_KEY("rotate-key"),
    DESTROY_KEY("destroy-key"),
    /** A version of a key that signs came into another state. */
    CHANGE_KEY_STATE("change-key-state"),
    /** A key that signs got another certificate. */
    IMPORT_CERTIFICATE("import-certificate"),
    ENROLL_RECIPIENT("enroll-recipient"),
    RETIRE_RECIPIENT("retire-recipient"),
    OPEN_REWRAP_WINDOW("open-rewrap-window"),
    CLOSE_REWRAP_WINDOW("close-rewrap-window"),
    /** Others approve changes from now on; the policy of the leaf is the digest of their file. */
    CHANGE_OFFICERS("change-officers"),
    /** A policy may come into force from now on; the policy of the leaf is its digest. */
    APPROVE_POLICY("approve-policy"),
    /** What is known of keys, and of their changes, was written into a file; the policy of the leaf is its digest. */
    EXPORT_CATALOGUE("export-catalogue"),
    /** What the store lacked of such a file was taken from it; the policy of the leaf is its digest. */
    IMPORT_CATALOGUE("import-catalogue"),
    /** The appliance was assessed; the policy of the leaf is the digest of the report. */
    ASSESS_APPLIANCE("assess-appliance"),
    /** The changes of a request were made, between its two leaves: the rule names the request. */
    CONDUCT_CEREMONY("conduct-ceremony"),
    LOAD_POLICY("load-policy"),
    LOAD_CERTIFICATE("load-certificate"),
    LOAD_AUTHORITIES("load-authorities"),
    START_APPLIANCE("start-appliance"),
    STOP_APPLIANCE("stop-appliance"),
    ACCEPT_ROLLBACK("accept-rollback"),
    /** A chain ended here, for the appliance of another log to go on with it. */
    CLOSE_CHAIN("close-chain"),
    /** A chain goes on here that the appliance of another log closed. */
    OPEN_CHAIN("open-chain"),
    /** An operator said that a token is lost for good, which may have remembered more than the others. */
    FORGET_TOKEN("forget-token"),
    /** An appliance, which has this log, joined those that share a database: the writer of this leaf knows of it. */
    ACKNOWLEDGE_APPLIANCE("acknowledge-appliance"),
    /** An operator said that the appliance of this log does not come back to those that share a database. */
    RETIRE_APPLIANCE("retire-appliance"),
    /** The appliance stopped signing because its store or token was not what it wrote; recorded at its next start. */
    STOP_SIGNING("stop-signing"),
    /** A token came into another state: done where it is ready again, failed where it is not, and the reason says which state it is in. */
    CHANGE_TOKEN_STATE("change-token-state"),
    /** A request that was refused before it was known to be any of these. */
    OTHER_REQUEST("other-request");

    private static final Map<String, Operation> BY_TEXT =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Operation::text, Function.identity()));

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** The operation of this name; empty where there is none. */
    public static Optional<Operation> named(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** Its name in leaves and on the wire. */
    public String text() {
        return text;
    }
}
