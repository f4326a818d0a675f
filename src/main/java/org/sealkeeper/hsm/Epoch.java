package org.sealkeeper.hsm;

import java.util.function.Function;
import org.sealkeeper.hsm.state.Meaning;
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
    private final int number;
    private final int generation;
    private final TokenSlot slot;
    /** Holds the login and does no work: a token logs the user out when the last session closes. */
    private final Session anchor;

    private final KeyHandles handles = new KeyHandles();
    private final ObjectLock lock = new ObjectLock();

    private Epoch(int number, int generation, TokenSlot slot, Session anchor) {
        this.number = number;
        this.generation = generation;
        this.slot = slot;
        this.anchor = anchor;
    }

    /** Finds the token and logs in, once. */
    static Epoch begin(TokenSettings settings) {
        Library library = Library.of(settings.profile());
        return begin(
                settings,
                library,
                TokenSlot.labelled(library.module(), settings.label().value()),
                1);
    }

    /**
     * The next one: finds the same token again, ends every session there is on it, and logs in, once. Nothing may be in the token.
     *
     * @throws HsmFault also if the token of this label has another serial number: it is another token
     */
    Epoch next(TokenSettings settings) {
        Library library = Library.of(settings.profile());
        TokenSlot found = TokenSlot.same(library.module(), settings.label().value(), slot.serial());
        found.closeAllSessions();
        return begin(settings, library, found, number + 1);
    }

    private static Epoch begin(TokenSettings settings, Library library, TokenSlot slot, int number) {
        Session anchor = openSession(slot.token(), !settings.profile().readOnlySessions());
        try {
            Login.user(anchor, settings);
            return new Epoch(number, library.generation(), slot, anchor);
        } catch (RuntimeException e) {
            close(anchor);
            throw e;
        }
    }

    /** From 1. */
    int number() {
        return number;
    }

    /** Of the {@link Library}. */
    int generation() {
        return generation;
    }

    TokenSlot slot() {
        return slot;
    }

    Token token() {
        return slot.token();
    }

    KeyHandles handles() {
        return handles;
    }

    TokenObjects objects(Session session) {
        return new TokenObjects(session, lock);
    }

    Session openSession(boolean readWrite) {
        return openSession(token(), readWrite);
    }

    /** Work on a read-write session of its own. */
    <T> T onSession(Function<Session, T> work) {
        Session session = openSession(true);
        T result;
        try {
            result = work.apply(session);
        } catch (RuntimeException | Error e) {
            closeAfter(e, session);
            throw e;
        }
        close(session);
        return result;
    }

    /** As its meaning says: the number of a lost session may be another's by now. */
    static void closeAfter(Throwable failure, Session session) {
        if (!(failure instanceof HsmFault fault) || fault.meaning().session() != Meaning.Session.FORGET) {
            close(session);
        }
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
