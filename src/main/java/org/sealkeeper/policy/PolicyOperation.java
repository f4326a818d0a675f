package org.sealkeeper.policy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller can ask for. The names are those of the policy file, and of the audit log. */
public enum PolicyOperation {
    SIGN_BLOCK("sign-block", ResourceKind.CHAIN),
    READ_CHAIN("read-chain", ResourceKind.CHAIN),
    VERIFY_SIGNATURE("verify-signature", ResourceKind.NONE),
    READ_KEYS("read-keys", ResourceKind.NONE),
    READ_AUDIT_LOG("read-audit-log", ResourceKind.NONE),
    READ_STATUS("read-status", ResourceKind.NONE),
    READ_POLICY("read-policy", ResourceKind.NONE),
    READ_EMERGENCIES("read-emergencies", ResourceKind.NONE),
    REVIEW_EMERGENCY("review-emergency", ResourceKind.NONE),
    GENERATE_DATA_KEY("generate-data-key", ResourceKind.KEY),
    UNWRAP_DATA_KEY("unwrap-data-key", ResourceKind.KEY),
    REWRAP_DATA_KEY("rewrap-data-key", ResourceKind.KEY);

    /** What uses a data key, and what administers it: no role may do both with one key, unless the policy says so. */
    static final Set<PolicyOperation> USE = Set.of(GENERATE_DATA_KEY, UNWRAP_DATA_KEY);

    static final Set<PolicyOperation> ADMINISTRATION = Set.of(REWRAP_DATA_KEY);

    private static final Map<String, PolicyOperation> BY_TEXT =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(PolicyOperation::text, Function.identity()));

    private final String text;
    private final ResourceKind resource;

    PolicyOperation(String text, ResourceKind resource) {
        this.text = text;
        this.resource = resource;
    }

    /**
     * The operation of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PolicyOperation named(String text) {
        PolicyOperation operation = BY_TEXT.get(text);
        if (operation == null) {
            throw new IllegalArgumentException(
                    "expected one of " + BY_TEXT.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return operation;
    }

    /** Its name in files and on the wire. */
    public String text() {
        return text;
    }

    /** What it is done to, and so what a rule about it must name. */
    public ResourceKind resource() {
        return resource;
    }

    /** Whether a request for it states a purpose of use: only the release of a patient's data key does. */
    public boolean hasPurpose() {
        return this == UNWRAP_DATA_KEY;
    }

    static Set<PolicyOperation> all() {
        return EnumSet.allOf(PolicyOperation.class);
    }
}
