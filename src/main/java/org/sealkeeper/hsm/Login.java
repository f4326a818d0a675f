package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SO_PIN_FINAL_TRY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SO_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_USER_PIN_FINAL_TRY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_USER_PIN_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_USER_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_EXPIRED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_INCORRECT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_LEN_RANGE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import java.nio.file.Path;
import java.util.Set;
import org.sealkeeper.config.ConfigurationFault;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenInfo;

/**
 * The one place that calls {@code C_Login}: once per epoch, and never again after a refusal, because a token that counts
 * wrong PINs locks itself and only its security officer can open it again.
 */
final class Login {
    private static final Set<Long> PIN_REFUSED =
            Set.of(CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_EXPIRED, CKR_PIN_LOCKED, CKR_PIN_LEN_RANGE);

    private Login() {}

    /**
     * Logs the user in through the session that will hold the login; all sessions of the process share it.
     *
     * @throws ConfigurationFault if the PIN is refused, or one more wrong PIN would lock the token
     */
    static void user(Session session, TokenSettings settings) {
        refuseWhenNearlyLocked(TokenSlot.info(session.getToken()), settings);
        login(session, CKU_USER, settings.label(), settings.userPin());
    }

    /**
     * Logs the security officer in; no session of the user may be open in this process.
     *
     * @throws ConfigurationFault if the PIN is refused, or one more wrong PIN would lock the token
     */
    static void securityOfficer(Session session, String label, Path soPin) {
        TokenInfo info = TokenSlot.info(session.getToken());
        if (info.hasFlagBit(CKF_SO_PIN_LOCKED)) {
            throw new ConfigurationFault("the token '" + label + "' has locked its security officer's PIN "
                    + "(CKF_SO_PIN_LOCKED); ask its vendor; no login was tried");
        }
        if (info.hasFlagBit(CKF_SO_PIN_FINAL_TRY)) {
            throw new ConfigurationFault("the token '" + label + "' would lock at one more wrong PIN "
                    + "(CKF_SO_PIN_FINAL_TRY); check " + soPin
                    + " and log in once with the vendor's tool; no login was tried");
        }
        login(session, CKU_SO, label, soPin);
    }

    private static void login(Session session, long user, String label, Path file) {
        try (PinFile pin = PinFile.open(file)) {
            session.login(user, pin.chars());
        } catch (PKCS11Exception e) {
            if (e.getErrorCode() == CKR_USER_ALREADY_LOGGED_IN) {
                // The login is the process's: another owner in it was let in before. Nothing was asked of the PIN.
                return;
            }
            throw refusal(e, label, file);
        }
    }

    private static void refuseWhenNearlyLocked(TokenInfo info, TokenSettings settings) {
        String token = "the token '" + settings.label() + "'";
        if (!info.hasFlagBit(CKF_USER_PIN_INITIALIZED)) {
            throw new ConfigurationFault(
                    token + " has no user PIN; its creation was not finished: remove it, with its PIN "
                            + "files, and make it anew");
        }
        if (info.hasFlagBit(CKF_USER_PIN_LOCKED)) {
            throw new ConfigurationFault(
                    token + " has locked its user PIN (CKF_USER_PIN_LOCKED); its security officer must "
                            + "set a new one; no login was tried");
        }
        if (info.hasFlagBit(CKF_USER_PIN_FINAL_TRY)) {
            throw new ConfigurationFault(token + " would lock at one more wrong PIN (CKF_USER_PIN_FINAL_TRY); check "
                    + settings.userPin() + " and log in once with the vendor's tool; no login was tried");
        }
    }

    private static RuntimeException refusal(PKCS11Exception answer, String label, Path pin) {
        if (!PIN_REFUSED.contains(answer.getErrorCode())) {
            return HsmFault.of("C_Login", answer);
        }
        return new ConfigurationFault(
                "the token '" + label + "' refused the PIN in " + pin + " ("
                        + answer.getErrorName()
                        + "); it was tried once and will not be tried again: correct the file first",
                answer);
    }
}
