package org.sealkeeper.policy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller can ask for. The names are those of the policy file, and of the audit log. */
public enum Operation {
    SIGN_BLOCK("sign-block", Subject.CHAIN),
    READ_CHAIN("read-chain", Subject.CHAIN),
    VERIFY_SIGNATURE("verify-signature", Subject.NONE),
    READ_KEYS("read-keys", Subject.NONE),
    READ_AUDIT_LOG("read-audit-log", Subject.NONE),
    GENERATE_DATA_KEY("generate-data-key", Subject.KEY),
    UNWRAP_DATA_KEY("unwrap-data-key", Subject.KEY),
    REWRAP_DATA_KEY("rewrap-data-key", Subject.KEY);

    /** What uses a data key, and what administers it: no role may do both with one key, unless the policy says so. */
    static final Set<Operation> USE = Set.of(GENERATE_DATA_KEY, UNWRAP_DATA_KEY);

    static final Set<Operation> ADMINISTRATION = Set.of(REWRAP_DATA_KEY);

    private static final Map<String, Operation> BY_TEXT =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Operation::text, Function.identity()));

    private final String text;
    private final Subject subject;

    Operation(String text, Subject subject) {
        this.text = text;
        this.subject = subject;
    }

    /**
     * The operation of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Operation named(String text) {
        Operation operation = BY_TEXT.get(text);
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

    public Subject subject() {
        return subject;
    }

    /** Whether a request for it states a purpose of use: only the release of a patient's data key does. */
    public boolean hasPurpose() {
        return this == UNWRAP_DATA_KEY;
    }

    static Set<Operation> all() {
        return EnumSet.allOf(Operation.class);
    }
}
