package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFault;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.kernel.TokenLabel;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;

/** Makes a new token where the kind of token lets PKCS#11 do that; for all others it names the vendor's tool. */
public final class TokenCreation {
    /** CK_TOKEN_INFO pads with blanks. */
    private static final int LABEL_BYTES = 32;

    private final TokenProfile profile;
    private final TokenLabel label;

    public TokenCreation(TokenProfile profile, TokenLabel label) {
        this.profile = profile;
        this.label = label;
    }

    /** Whether a token with this label is there already. */
    public boolean exists() {
        return !TokenSlot.allLabelled(Library.of(profile).module(), label.value())
                .isEmpty();
    }

    /**
     * Makes the token with new random PINs, and leaves them in two new files.
     *
     * <p>The files are written first: a token whose PINs were lost in a crash could never be used. After a crash in between
     * the token has no user PIN; it is refused as unfinished and nothing can be in it.
     *
     * @throws ConfigurationFault if the token or one of the files exists: neither is ever overwritten
     */
    public void create(PinGenerator pins, Path soPin, Path userPin) {
        if (!profile.makesTokens()) {
            throw new ConfigurationFault(
                    "a token of " + profile.kind() + " is made with its vendor's tool, not with PKCS#11; "
                            + "make it there, then put its user PIN into " + userPin + " (rw-------)");
        }
        if (exists()) {
            throw new ConfigurationFault("a token labelled '" + label + "' exists already; it was left as it is");
        }
        PinFile.refuseExisting(soPin);
        PinFile.refuseExisting(userPin);
        PKCS11Module module = Library.of(profile).module();
        Slot slot = freeSlot(module);
        writePins(pins, soPin, userPin);
        Optional<HsmFault> refusal;
        try (SecretFile so = PinFile.open(soPin);
                SecretFile user = PinFile.open(userPin)) {
            refusal = initialize(module, slot, so.chars(), user.chars());
        }
        if (refusal.isPresent()) {
            PinFile.delete(soPin);
            PinFile.delete(userPin);
            throw refusal.get();
        }
    }

    /** Both or none: a PIN without its token is of no use, and the next try would refuse to go on where it lies. */
    private static void writePins(PinGenerator pins, Path soPin, Path userPin) {
        pins.write(soPin);
        try {
            pins.write(userPin);
        } catch (ConfigurationFault | FileFault e) {
            PinFile.delete(soPin);
            throw e;
        }
    }

    /** Why the token was not made. After any other fault it may have been, and only the PINs that were written open it. */
    private Optional<HsmFault> initialize(PKCS11Module module, Slot slot, char[] soPin, char[] userPin) {
        try {
            module.getPKCS11Module().C_InitToken(slot.getSlotID(), soPin, paddedLabel(), true);
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            HsmFault fault = HsmFault.of("C_InitToken", e);
            if (fault.isOutage()) {
                throw fault;
            }
            return Optional.of(fault);
        }
        setUserPin(TokenSlot.labelled(module, label.value()).token(), soPin, userPin);
        return Optional.empty();
    }

    private static void setUserPin(Token token, char[] soPin, char[] userPin) {
        Session session = Epoch.openSession(token, true);
        try {
            session.login(CKU_SO, soPin);
            session.initPIN(userPin);
            session.logout();
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_InitPIN", e);
        } finally {
            Epoch.close(session);
        }
    }

    private Slot freeSlot(PKCS11Module module) {
        return TokenSlot.all(module).stream()
                .filter(token -> !TokenSlot.info(token).isTokenInitialized())
                .map(Token::getSlot)
                .findFirst()
                .orElseThrow(() -> new ConfigurationFault(profile.kind() + " has no free slot for a new token"));
    }

    private char[] paddedLabel() {
        char[] padded = new char[LABEL_BYTES];
        Arrays.fill(padded, ' ');
        label.value().getChars(0, label.value().length(), padded, 0);
        return padded;
    }
}
