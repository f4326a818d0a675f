package org.sealkeeper.keys;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.kernel.SigningAlgorithm;

/** What a key may be used for; a key has one purpose for life, so that no signature can be taken for one of another kind. */
public enum KeyPurpose {
    /** Signs blocks of ledgers. */
    BLOCK_SIGNING("block-signing"),
    /** Signs checkpoints of the appliance's own audit log. */
    AUDIT_SIGNING("audit-signing"),
    /** Cosigns, as a witness, the checkpoints of other appliances' logs. */
    COSIGNING("checkpoint-cosigning");

    private final String text;

    KeyPurpose(String text) {
        this.text = text;
    }

    /** Its name in files, in the store and on the wire. */
    public String text() {
        return text;
    }

    /** The algorithms that what it signs has a form for. */
    public Set<SigningAlgorithm> algorithms() {
        return switch (this) {
            case BLOCK_SIGNING -> EnumSet.allOf(SigningAlgorithm.class);
            case AUDIT_SIGNING -> EnumSet.of(SigningAlgorithm.ES256, SigningAlgorithm.EDDSA);
            case COSIGNING -> EnumSet.of(SigningAlgorithm.EDDSA);
        };
    }

    public static Map<String, KeyPurpose> byText() {
        return Stream.of(values()).collect(Collectors.toUnmodifiableMap(KeyPurpose::text, Function.identity()));
    }
}
