package org.sealkeeper.hsm.state;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;

/** What each return value of PKCS#11 (3.1 section 5.1.6) means to us. */
public final class ReturnValues {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Map<Long, Meaning> MEANINGS = meanings();

    private ReturnValues() {}

    /** The meaning of a return value. That a token reports bad data as a general error is known to the code that unwraps. */
    public static Meaning of(long returnValue) {
        return MEANINGS.getOrDefault(returnValue, Meaning.UNKNOWN);
    }

    /** Its name in the standard; of one that has none, such as a vendor's own, {@code CKR_0X} and its eight hexadecimal digits. */
    public static String name(long returnValue) {
        return PKCS11Constants.codeToName(Category.CKR, returnValue);
    }

    private static Map<Long, Meaning> meanings() {
        Map<Long, Meaning> meanings = new HashMap<>();
        put(meanings, Meaning.NO_FAILURE, """
                OK USER_ALREADY_LOGGED_IN""");
        put(meanings, Meaning.WRONG_REQUEST, """
                ARGUMENTS_BAD NO_EVENT ATTRIBUTE_READ_ONLY ATTRIBUTE_SENSITIVE ATTRIBUTE_TYPE_INVALID
                ATTRIBUTE_VALUE_INVALID DATA_INVALID DATA_LEN_RANGE FUNCTION_NOT_PARALLEL
                FUNCTION_NOT_SUPPORTED KEY_SIZE_RANGE KEY_TYPE_INCONSISTENT KEY_NOT_NEEDED KEY_CHANGED
                KEY_NEEDED KEY_INDIGESTIBLE KEY_FUNCTION_NOT_PERMITTED MECHANISM_INVALID
                MECHANISM_PARAM_INVALID SESSION_PARALLEL_NOT_SUPPORTED SESSION_READ_ONLY
                TEMPLATE_INCOMPLETE TEMPLATE_INCONSISTENT TOKEN_WRITE_PROTECTED UNWRAPPING_KEY_SIZE_RANGE
                UNWRAPPING_KEY_TYPE_INCONSISTENT USER_TYPE_INVALID WRAPPING_KEY_SIZE_RANGE
                WRAPPING_KEY_TYPE_INCONSISTENT RANDOM_SEED_NOT_SUPPORTED DOMAIN_PARAMS_INVALID
                CURVE_NOT_SUPPORTED BUFFER_TOO_SMALL SAVED_STATE_INVALID INFORMATION_SENSITIVE
                STATE_UNSAVEABLE PUBLIC_KEY_INVALID""");
        put(meanings, Meaning.FORBIDDEN, """
                ACTION_PROHIBITED KEY_NOT_WRAPPABLE KEY_UNEXTRACTABLE FUNCTION_REJECTED""");
        put(meanings, Meaning.BAD_DATA, """
                ENCRYPTED_DATA_INVALID ENCRYPTED_DATA_LEN_RANGE AEAD_DECRYPT_FAILED SIGNATURE_INVALID
                SIGNATURE_LEN_RANGE WRAPPED_KEY_INVALID WRAPPED_KEY_LEN_RANGE""");
        put(meanings, Meaning.STALE_HANDLE, """
                KEY_HANDLE_INVALID OBJECT_HANDLE_INVALID UNWRAPPING_KEY_HANDLE_INVALID
                WRAPPING_KEY_HANDLE_INVALID""");
        put(meanings, Meaning.OUT_OF_ORDER, """
                OPERATION_ACTIVE OPERATION_NOT_INITIALIZED OPERATION_CANCEL_FAILED""");
        put(meanings, Meaning.BUSY, """
                CANCEL HOST_MEMORY GENERAL_ERROR FUNCTION_FAILED NEED_TO_CREATE_THREADS CANT_LOCK
                DEVICE_MEMORY FUNCTION_CANCELED RANDOM_NO_RNG MUTEX_BAD MUTEX_NOT_LOCKED
                EXCEEDED_MAX_ITERATIONS""");
        put(meanings, Meaning.TOO_MANY_SESSIONS, """
                SESSION_COUNT TOKEN_RESOURCE_EXCEEDED""");
        put(meanings, Meaning.SESSION_LOST, """
                SESSION_CLOSED SESSION_HANDLE_INVALID""");
        put(meanings, Meaning.LOGIN_LOST, """
                USER_NOT_LOGGED_IN""");
        put(meanings, Meaning.GONE, """
                SLOT_ID_INVALID DEVICE_ERROR DEVICE_REMOVED TOKEN_NOT_PRESENT TOKEN_NOT_RECOGNIZED
                FIPS_SELF_TEST_FAILED LIBRARY_LOAD_FAILED""");
        put(meanings, Meaning.LIBRARY_LOST, """
                CRYPTOKI_NOT_INITIALIZED CRYPTOKI_ALREADY_INITIALIZED""");
        put(meanings, Meaning.PIN_REFUSED, """
                PIN_INCORRECT PIN_INVALID PIN_LEN_RANGE PIN_EXPIRED USER_PIN_NOT_INITIALIZED NEW_PIN_MODE
                NEXT_OTP PIN_TOO_WEAK""");
        put(meanings, Meaning.PIN_LOCKED, """
                PIN_LOCKED""");
        put(meanings, Meaning.ANOTHER_USER, """
                SESSION_EXISTS SESSION_READ_ONLY_EXISTS SESSION_READ_WRITE_SO_EXISTS
                USER_ANOTHER_ALREADY_LOGGED_IN USER_TOO_MANY_TYPES""");
        return Map.copyOf(meanings);
    }

    private static void put(Map<Long, Meaning> meanings, Meaning meaning, String names) {
        BLANKS.splitAsStream(names)
                .forEach(name -> meanings.put(PKCS11Constants.nameToCode(Category.CKR, "CKR_" + name), meaning));
    }
}
