package org.sealkeeper.hsm;

import org.jspecify.annotations.Nullable;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** The token did not do what it was asked, or what it did is not to be trusted. */
public final class HsmFault extends Fault {
    private static final long serialVersionUID = 1L;

    /** What was done is not to be trusted, and no return value says why. */
    HsmFault(String message) {
        this(message, null);
    }

    HsmFault(String message, @Nullable Throwable cause) {
        super(FaultKind.HSM_UNAVAILABLE, message, cause);
    }

    /** Whether the object asked for is no longer there: another process destroyed it since it was found. */
    boolean isOfMissingObject() {
        return switch (getCause()) {
            case org.xipki.pkcs11.wrapper.PKCS11Exception answer ->
                answer.getErrorCode() == PKCS11Constants.CKR_OBJECT_HANDLE_INVALID;
            case iaik.pkcs.pkcs11.wrapper.PKCS11Exception answer ->
                answer.getErrorCode() == PKCS11Constants.CKR_OBJECT_HANDLE_INVALID;
            case null, default -> false;
        };
    }

    /** A PKCS#11 function answered with this return value instead of CKR_OK. */
    static HsmFault of(String function, org.xipki.pkcs11.wrapper.PKCS11Exception answer) {
        return new HsmFault("the token answered " + function + " with " + answer.getErrorName(), answer);
    }

    /** As above, from the level below the wrapper's sessions. */
    static HsmFault of(String function, iaik.pkcs.pkcs11.wrapper.PKCS11Exception answer) {
        String name = PKCS11Constants.codeToName(Category.CKR, answer.getErrorCode());
        return new HsmFault("the token answered " + function + " with " + name, answer);
    }
}
