package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SO_PIN_FINAL_TRY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SO_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_USER_PIN_FINAL_TRY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_USER_PIN_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_USER_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RO_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.ReturnValues;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.kernel.Fault;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenInfo;

/**
 * The one place that calls {@code C_Login}: once per epoch, and never again with a PIN that was refused, because a token that counts
 * wrong PINs locks itself and only its security officer can open it again.
 */
final class Login {
    private static final System.Logger LOG = System.getLogger(Login.class.getName());

    private Login() {}

    /**
     * Logs the user in through the session that will hold the login; all sessions of the process share it. A PIN that was refused
     * before is not tried.
     *
     * @throws LoginRefused if the PIN is refused, or cannot be used, or one more wrong PIN would lock the token
     * @throws HsmFault if the token fails
     */
    static void user(Session session, TokenSettings settings) {
        refuseWhenNearlyLocked(TokenSlot.info(session.getToken()), settings);
        var refused = new RefusedPins(settings.refusedPins());
        try (SecretFile pin = PinFile.open(settings.userPin())) {
            refuseWhenRefusedBefore(refused, pin, settings);
            user(session, pin, refused, settings);
        } catch (ConfigurationFault fault) {
            throw new LoginRefused(TokenState.AUTH_FAILED, String.valueOf(fault.getMessage()), fault);
        }
        requireUser(session);
    }

    /**
     * Asks the token whether the user is logged in. A token may say so at the login, and not show its keys: they would pass for lost.
     *
     * @throws HsmFault if the user is not
     */
    static void requireUser(Session session) {
        try {
            long state = session.getSessionInfo().getState();
            if (state != CKS_RO_USER_FUNCTIONS && state != CKS_RW_USER_FUNCTIONS) {
                throw new HsmFault(Meaning.LOGIN_LOST, "expected the user to be logged in, found state " + state);
            }
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_GetSessionInfo", e);
        }
    }

    private static void user(Session session, SecretFile pin, RefusedPins refused, TokenSettings settings) {
        try {
            session.login(CKU_USER, pin.chars());
            refused.clear();
        } catch (PKCS11Exception e) {
            Meaning meaning = ReturnValues.of(e.getErrorCode());
            if (meaning == Meaning.NO_FAILURE) {
                // The login is the process's: another owner in it was let in before. Nothing was asked of the PIN.
                return;
            }
            RuntimeException refusal = refusal(e, settings);
            if (meaning.effect() == Meaning.Effect.AUTH_FAILED) {
                remember(refused, pin, refusal);
            }
            throw refusal;
        }
    }

    /** The token has counted the try: where it cannot be remembered, no loop and no supervisor may make another all the same. */
    private static void remember(RefusedPins refused, SecretFile pin, RuntimeException refusal) {
        try {
            refused.add(pin.chars());
        } catch (Fault | ConfigurationFault unwritten) {
            refusal.addSuppressed(unwritten);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the PIN that was refused could not be remembered, and the next start would try it once more: {0}",
                    unwritten.getMessage());
        }
    }

    private static RuntimeException refusal(PKCS11Exception answer, TokenSettings settings) {
        return switch (ReturnValues.of(answer.getErrorCode()).effect()) {
            case AUTH_FAILED ->
                new LoginRefused(
                        TokenState.AUTH_FAILED,
                        refusedPin(settings.label().value(), settings.userPin(), answer.getErrorName())
                                + "; where the token's PIN is to be corrected instead, do that and delete "
                                + settings.refusedPins(),
                        answer);
            case LOCKED_OUT -> lockedOut(settings, answer);
            default -> HsmFault.of("C_Login", answer);
        };
    }

    private static void refuseWhenRefusedBefore(RefusedPins refused, SecretFile pin, TokenSettings settings) {
        if (refused.contains(pin.chars())) {
            throw new LoginRefused(
                    TokenState.AUTH_FAILED,
                    "the token '" + settings.label() + "' refused the PIN in " + settings.userPin()
                            + " before; no login was tried: correct the file, or, where the token's PIN was corrected, delete "
                            + settings.refusedPins(),
                    null);
        }
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
        officer(session, label, soPin);
    }

    private static void officer(Session session, String label, Path file) {
        try (SecretFile pin = PinFile.open(file)) {
            session.login(CKU_SO, pin.chars());
        } catch (PKCS11Exception e) {
            Meaning meaning = ReturnValues.of(e.getErrorCode());
            if (meaning == Meaning.NO_FAILURE) {
                return;
            }
            throw meaning == Meaning.PIN_REFUSED || meaning == Meaning.PIN_LOCKED
                    ? new ConfigurationFault(refusedPin(label, file, e.getErrorName()), e)
                    : HsmFault.of("C_Login", e);
        }
    }

    private static String refusedPin(String label, Path file, String answer) {
        return "the token '" + label + "' refused the PIN in " + file + " (" + answer
                + "); it was tried once and will not be tried again: correct the file first";
    }

    private static void refuseWhenNearlyLocked(TokenInfo info, TokenSettings settings) {
        String token = "the token '" + settings.label() + "'";
        if (!info.hasFlagBit(CKF_USER_PIN_INITIALIZED)) {
            throw new LoginRefused(
                    TokenState.AUTH_FAILED,
                    token + " has no user PIN; its creation was not finished: remove it, with its PIN "
                            + "files, and make it anew",
                    null);
        }
        if (info.hasFlagBit(CKF_USER_PIN_LOCKED)) {
            throw lockedOut(settings, null);
        }
        if (info.hasFlagBit(CKF_USER_PIN_FINAL_TRY)) {
            throw new LoginRefused(
                    TokenState.AUTH_FAILED,
                    token + " would lock at one more wrong PIN (CKF_USER_PIN_FINAL_TRY); check " + settings.userPin()
                            + " and log in once with the vendor's tool; no login was tried",
                    null);
        }
    }

    private static LoginRefused lockedOut(TokenSettings settings, @Nullable PKCS11Exception answer) {
        return new LoginRefused(
                TokenState.LOCKED_OUT,
                "the token '" + settings.label() + "' has locked its user PIN ("
                        + (answer == null ? "CKF_USER_PIN_LOCKED" : answer.getErrorName())
                        + "); its security officer must set a new one"
                        + (answer == null ? "; no login was tried" : ""),
                answer);
    }
}
