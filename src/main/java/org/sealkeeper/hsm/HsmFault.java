package org.sealkeeper.hsm;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.ReturnValues;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** The token did not do what it was asked, or what it did is not to be trusted. */
public final class HsmFault extends Fault {
    private static final long serialVersionUID = 1L;

    private final Meaning meaning;
    private final @Nullable Answer answer;

    /** What a PKCS#11 function answered instead of CKR_OK. */
    private record Answer(String function, long returnValue) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** What happened is known without a return value. */
    HsmFault(Meaning meaning, String message) {
        super(FaultKind.HSM_UNAVAILABLE, message, null);
        this.meaning = meaning;
        this.answer = null;
    }

    private HsmFault(Answer answer, String message, Exception cause) {
        super(FaultKind.HSM_UNAVAILABLE, message, cause);
        this.meaning = ReturnValues.of(answer.returnValue());
        this.answer = answer;
    }

    /** A PKCS#11 function answered with this return value instead of CKR_OK. */
    static HsmFault of(String function, org.xipki.pkcs11.wrapper.PKCS11Exception cause) {
        return of(new Answer(function, cause.getErrorCode()), cause);
    }

    /** As above, from the level below the wrapper's sessions. */
    static HsmFault of(String function, iaik.pkcs.pkcs11.wrapper.PKCS11Exception cause) {
        return of(new Answer(function, cause.getErrorCode()), cause);
    }

    /** The library itself did not initialize. */
    static HsmFault ofInitialization(Path library, org.xipki.pkcs11.wrapper.PKCS11Exception cause) {
        return new HsmFault(
                new Answer("C_Initialize", cause.getErrorCode()),
                library + ": C_Initialize answered " + cause.getErrorName()
                        + "; see the library's own log and configuration (SoftHSM: SOFTHSM2_CONF)",
                cause);
    }

    private static HsmFault of(Answer answer, Exception cause) {
        String name = ReturnValues.name(answer.returnValue());
        return new HsmFault(answer, "the token answered " + answer.function() + " with " + name, cause);
    }

    /** What it means, and what follows from it. */
    public Meaning meaning() {
        return meaning;
    }

    /** The PKCS#11 function that failed; empty where none answered. */
    public Optional<String> function() {
        return Optional.ofNullable(answer).map(Answer::function);
    }

    /** The name of the return value; empty where none was given. */
    public Optional<String> returnValue() {
        return Optional.ofNullable(answer).map(given -> ReturnValues.name(given.returnValue()));
    }

    /** Whether it says that the token is away or busy, and nothing of the key that was used. */
    public boolean isOutage() {
        return switch (meaning) {
            case BUSY,
                    TOO_MANY_SESSIONS,
                    SESSION_LOST,
                    LOGIN_LOST,
                    GONE,
                    LIBRARY_LOST,
                    UNKNOWN,
                    NO_ANSWER,
                    ANOTHER_USER -> true;
            case NO_FAILURE,
                    WRONG_REQUEST,
                    FORBIDDEN,
                    BAD_DATA,
                    STALE_HANDLE,
                    OUT_OF_ORDER,
                    KEY_MISSING,
                    WRONG_ANSWER,
                    PIN_REFUSED,
                    PIN_LOCKED,
                    OWN_FAULT -> false;
        };
    }

    /** Whether the token works, and does not have the key, or has another in its place. */
    boolean isOfAnotherKey() {
        return meaning == Meaning.KEY_MISSING || meaning == Meaning.WRONG_ANSWER;
    }

    /** Whether the object asked for is no longer there: another process destroyed it since it was found. */
    public boolean isOfMissingObject() {
        return answer != null && answer.returnValue() == PKCS11Constants.CKR_OBJECT_HANDLE_INVALID;
    }
}
