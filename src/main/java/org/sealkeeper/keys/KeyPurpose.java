package org.sealkeeper.keys;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a key may be used for; a key has one purpose for life, so that no signature can be taken for one of another kind. */
public enum KeyPurpose {
    /** Signs blocks of ledgers. */
    BLOCK_SIGNING("block-signing"),
    /** Signs checkpoints of the appliance's own audit log. */
    AUDIT_SIGNING("audit-signing");

    private final String text;

    KeyPurpose(String text) {
        this.text = text;
    }

    /** Its name in files, in the store and on the wire. */
    public String text() {
        return text;
    }

    static Map<String, KeyPurpose> byText() {
        return Stream.of(values()).collect(Collectors.toUnmodifiableMap(KeyPurpose::text, Function.identity()));
    }
}
