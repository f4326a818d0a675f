package org.sealkeeper.hsm;

import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.config.ConfigurationFault;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** Finds tokens in the slots of a library. Slot numbers change between starts, so a token is known by its label alone. */
final class TokenSlot {
    private TokenSlot() {}

    /**
     * The one initialized token with this label.
     *
     * @throws HsmFault if there is none: it may not be there yet, and to look again costs no login
     * @throws ConfigurationFault if there are more than one: the wrong token must never be guessed
     */
    static Token labelled(PKCS11Module module, String label) {
        List<Token> tokens = allLabelled(module, label);
        if (tokens.isEmpty()) {
            throw new HsmFault("expected exactly one token labelled '" + label + "', found none;"
                    + " connect it, make one with 'sealkeeper token init', or correct token.label");
        }
        if (tokens.size() > 1) {
            throw new ConfigurationFault("expected exactly one token labelled '" + label + "', found " + tokens.size()
                    + "; give each token a label of its own");
        }
        return tokens.getFirst();
    }

    static List<Token> allLabelled(PKCS11Module module, String label) {
        List<Token> tokens = new ArrayList<>();
        for (Token token : all(module)) {
            TokenInfo info = info(token);
            if (info.isTokenInitialized() && info.getLabel().strip().equals(label)) {
                tokens.add(token);
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
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_GetSlotList", e);
        }
    }

    static TokenInfo info(Token token) {
        try {
            return token.getTokenInfo();
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_GetTokenInfo", e);
        }
    }
}
