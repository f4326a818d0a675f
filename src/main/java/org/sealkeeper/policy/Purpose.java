package org.sealkeeper.policy;

/**
 * Why a caller wants a data key: a purpose of use of HL7 (code system {@code http://terminology.hl7.org/CodeSystem/v3-ActReason},
 * value set {@code v3-PurposeOfUse}).
 *
 * @param code such as {@code TREAT}
 */
public record Purpose(String code) {
    private static final String EMERGENCY = "ETREAT";

    public Purpose {
        if (!PurposeTable.parents().containsKey(code)) {
            throw new IllegalArgumentException("expected a code of HL7's v3-PurposeOfUse, such as TREAT");
        }
    }

    /** Whether {@code other} is this purpose or a kind of it: {@code TREAT} covers {@code COC}. */
    public boolean covers(Purpose other) {
        String ancestor = other.code;
        while (!ancestor.isEmpty()) {
            if (ancestor.equals(code)) {
                return true;
            }
            ancestor = PurposeTable.parents().getOrDefault(ancestor, "");
        }
        return false;
    }

    /** Whether it is emergency treatment or a kind of it, such as breaking the glass. */
    public boolean isEmergency() {
        return new Purpose(EMERGENCY).covers(this);
    }

    /**
     * Whether a caller that may act for this purpose may act for {@code other}: it may where this one covers the other, but an
     * emergency is granted by its own name only. {@code TREAT} does not allow {@code BTG}, although HL7 counts breaking the glass as treatment.
     */
    public boolean allows(Purpose other) {
        return covers(other) && (isEmergency() || !other.isEmergency());
    }

    @Override
    public String toString() {
        return code;
    }
}
