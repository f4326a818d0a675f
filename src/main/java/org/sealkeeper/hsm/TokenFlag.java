package org.sealkeeper.hsm;

import java.util.List;
import java.util.stream.Stream;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** The flags of CK_TOKEN_INFO (PKCS#11 3.1 section 3.2) that an operator may have to act upon, by their names there. */
enum TokenFlag {
    CKF_ERROR_STATE(PKCS11Constants.CKF_ERROR_STATE),
    CKF_WRITE_PROTECTED(PKCS11Constants.CKF_WRITE_PROTECTED),
    CKF_TOKEN_INITIALIZED(PKCS11Constants.CKF_TOKEN_INITIALIZED),
    CKF_LOGIN_REQUIRED(PKCS11Constants.CKF_LOGIN_REQUIRED),
    CKF_PROTECTED_AUTHENTICATION_PATH(PKCS11Constants.CKF_PROTECTED_AUTHENTICATION_PATH),
    CKF_USER_PIN_INITIALIZED(PKCS11Constants.CKF_USER_PIN_INITIALIZED),
    CKF_USER_PIN_COUNT_LOW(PKCS11Constants.CKF_USER_PIN_COUNT_LOW),
    CKF_USER_PIN_FINAL_TRY(PKCS11Constants.CKF_USER_PIN_FINAL_TRY),
    CKF_USER_PIN_LOCKED(PKCS11Constants.CKF_USER_PIN_LOCKED),
    CKF_USER_PIN_TO_BE_CHANGED(PKCS11Constants.CKF_USER_PIN_TO_BE_CHANGED),
    CKF_SO_PIN_COUNT_LOW(PKCS11Constants.CKF_SO_PIN_COUNT_LOW),
    CKF_SO_PIN_FINAL_TRY(PKCS11Constants.CKF_SO_PIN_FINAL_TRY),
    CKF_SO_PIN_LOCKED(PKCS11Constants.CKF_SO_PIN_LOCKED),
    CKF_SO_PIN_TO_BE_CHANGED(PKCS11Constants.CKF_SO_PIN_TO_BE_CHANGED);

    private final long bit;

    TokenFlag(long bit) {
        this.bit = bit;
    }

    /** The names of those that are set. */
    static List<String> setIn(TokenInfo info) {
        return Stream.of(values())
                .filter(flag -> info.hasFlagBit(flag.bit))
                .map(TokenFlag::name)
                .toList();
    }
}
