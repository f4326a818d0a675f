package org.sealkeeper.hsm;

import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

/**
 * One life of the login: the token, the anchor session, and the handles that mean something while both last.
 *
 * <p>Handle numbers start again after the library is initialized anew, and an old one then signs with another key and says
 * CKR_OK; so handles live here, and a new epoch starts with none.
 */
final class Epoch implements AutoCloseable {
    private final Token token;
    /** Holds the login and does no work: a token logs the user out when the last session closes. */
    private final Session anchor;

    private final KeyHandles handles = new KeyHandles();
    private final ObjectLock lock = new ObjectLock();

    private Epoch(Token token, Session anchor) {
        this.token = token;
        this.anchor = anchor;
    }

    /** Finds the token and logs in, once. */
    static Epoch begin(TokenSettings settings) {
        Token token = TokenSlot.labelled(LoadedModule.of(settings.profile()), settings.label());
        Session anchor = openSession(token, !settings.profile().readOnlySessions());
        try {
            Login.user(anchor, settings);
            return new Epoch(token, anchor);
        } catch (RuntimeException e) {
            close(anchor);
            throw e;
        }
    }

    Token token() {
        return token;
    }

    KeyHandles handles() {
        return handles;
    }

    TokenObjects objects(Session session) {
        return new TokenObjects(session, lock);
    }

    Session openSession(boolean readWrite) {
        return openSession(token, readWrite);
    }

    @Override
    public void close() {
        close(anchor);
    }

    static Session openSession(Token token, boolean readWrite) {
        try {
            return token.openSession(readWrite);
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_OpenSession", e);
        }
    }

    /** Closes a session that may already be gone; there is nothing to be done about a failure. */
    static void close(Session session) {
        try {
            session.closeSession();
        } catch (PKCS11Exception e) {
            System.getLogger(Epoch.class.getName())
                    .log(System.Logger.Level.DEBUG, "C_CloseSession answered {0}", e.getErrorName());
        }
    }
}
