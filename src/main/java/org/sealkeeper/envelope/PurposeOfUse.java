package org.sealkeeper.envelope;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.sealkeeper.policy.Purpose;

/** A purpose as it stands in JSON: its code. */
record PurposeOfUse(Purpose purpose) {

    /** @throws IllegalArgumentException if it is no code of HL7's v3-PurposeOfUse */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PurposeOfUse of(String code) {
        return new PurposeOfUse(new Purpose(code));
    }
}
