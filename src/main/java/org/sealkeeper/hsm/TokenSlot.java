package org.sealkeeper.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

/**
 * A token in its slot. Slot numbers change between starts, so a token is found by its label; and found again by its serial number too, since
 * another token may have the same label.
 */
record TokenSlot(Token token, String serial) {

    /**
     * The one initialized token with this label.
     *
     * @throws HsmFault if there is none: it may not be there yet, and to look again costs no login
     * @throws ConfigurationFault if there are more than one: the wrong token must never be guessed
     */
    static TokenSlot labelled(PKCS11Module module, String label) {
        List<TokenSlot> tokens = allLabelled(module, label);
        if (tokens.isEmpty()) {
            throw missing(label);
        }
        if (tokens.size() > 1) {
            throw new ConfigurationFault("expected exactly one token labelled '" + label + "', found " + tokens.size()
                    + "; give each token a label of its own");
        }
        return tokens.getFirst();
    }

    /**
     * The token that had this label and serial number before.
     *
     * @throws HsmFault if it is not there, whichever others are
     */
    static TokenSlot same(PKCS11Module module, String label, String serial) {
        List<TokenSlot> tokens = allLabelled(module, label);
        if (tokens.isEmpty()) {
            throw missing(label);
        }
        return tokens.stream()
                .filter(token -> token.serial.equals(serial))
                .findFirst()
                .orElseThrow(
                        () -> new HsmFault(
                                Meaning.GONE,
                                "expected the token '" + label + "' with the serial number " + serial
                                        + ", found that of "
                                        + tokens.stream().map(TokenSlot::serial).collect(Collectors.joining(", "))
                                        + ": another token; bring the first one back, or restart the appliance to use this one"));
    }

    private static HsmFault missing(String label) {
        return new HsmFault(
                Meaning.GONE,
                "expected exactly one token labelled '" + label + "', found none;"
                        + " connect it, make one with 'sealkeeper token init', or correct its label under 'tokens'");
    }

    static List<TokenSlot> allLabelled(PKCS11Module module, String label) {
        List<TokenSlot> tokens = new ArrayList<>();
        for (Token token : all(module)) {
            TokenInfo info = info(token);
            if (info.isTokenInitialized() && info.getLabel().strip().equals(label)) {
                tokens.add(new TokenSlot(token, info.getSerialNumber().strip()));
            }
        }
        return tokens;
    }

    static List<Token> all(PKCS11Module module) {
        try {
            List<Token> tokens = new ArrayList<>();
            for (Slot slot : module.getSlotList(true)) {
                tokens.add(slot.getToken());
            }
            return tokens;
        } catch (org.xipki.pkcs11.wrapper.PKCS11Exception e) {
            throw HsmFault.of("C_GetSlotList", e);
        }
    }

    static TokenInfo info(Token token) {
        try {
            return token.getTokenInfo();
        } catch (org.xipki.pkcs11.wrapper.PKCS11Exception e) {
            throw HsmFault.of("C_GetTokenInfo", e);
        }
    }

    /** Ends every session this process has on the token, known or lost, and with the last of them the login. */
    void closeAllSessions() {
        Slot slot = token.getSlot();
        try {
            slot.getModule().getPKCS11Module().C_CloseAllSessions(slot.getSlotID());
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_CloseAllSessions", e);
        }
    }
}
