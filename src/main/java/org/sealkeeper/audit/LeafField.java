package org.sealkeeper.audit;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members a leaf can have (docs/formats/audit-leaf.md), in the order of canonical JSON. */
public enum LeafField {
    AUTHENTICATION("authentication", String.class),
    BEGUN("begun", Long.class),
    BLOCK_HASH("blockHash", String.class),
    CALLER("caller", String.class),
    CHAIN("chain", String.class),
    CLAIMS("claims", String.class),
    COMPROMISED_SINCE("compromisedSince", String.class),
    COUNT("count", Long.class),
    DATA_KEY("dataKey", String.class),
    DECISION("decision", String.class),
    EMERGENCY("emergency", Long.class),
    FROM_VERSION("fromVersion", Long.class),
    HANDOVER("handover", Long.class),
    HEIGHT("height", Long.class),
    ISSUER("issuer", String.class),
    JUSTIFICATION("justification", String.class),
    KEY("key", String.class),
    KEY_ID("keyId", String.class),
    KEY_STATE("keyState", String.class),
    KEY_VERSION("keyVersion", Long.class),
    LOG("log", String.class),
    LOG_ROOT("logRoot", String.class),
    LOG_SIZE("logSize", Long.class),
    NOTE("note", String.class),
    OPERATION("operation", String.class),
    OUTCOME("outcome", String.class),
    POLICY("policy", String.class),
    PREVIOUS_HASH("previousHash", String.class),
    PURPOSE("purpose", String.class),
    REASON("reason", String.class),
    RECIPIENT("recipient", String.class),
    RECIPIENT_KEY("recipientKey", String.class),
    REQUEST_ID("requestId", String.class),
    RULE("rule", String.class),
    SEQUENCE("sequence", String.class),
    SINCE("since", String.class),
    SUBJECT("subject", String.class),
    TIME("time", String.class),
    TOKEN("token", String.class),
    TOKEN_ID("tokenId", String.class),
    VERSION("v", Long.class),
    VERDICT("verdict", String.class);

    private static final Map<String, LeafField> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(LeafField::fieldName, Function.identity()));

    private final String fieldName;
    private final Class<?> type;

    LeafField(String fieldName, Class<?> type) {
        this.fieldName = fieldName;
        this.type = type;
    }

    /** Its name in JSON. */
    public String fieldName() {
        return fieldName;
    }

    boolean takes(Object value) {
        return type.isInstance(value);
    }

    static Optional<LeafField> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
