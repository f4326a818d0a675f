package org.sealkeeper.hsm;

import org.xipki.pkcs11.wrapper.Session;

/** The session of one thread, and what is done on it. Not safe for use by two threads. */
final class PooledSession implements AutoCloseable {
    private final Epoch epoch;
    private final Session session;
    private final SigningSession signing;
    private final DataKeySession dataKeys;

    PooledSession(Epoch epoch, TokenProfile profile) {
        this.epoch = epoch;
        this.session = epoch.openSession(!profile.readOnlySessions());
        this.signing = new SigningSession(epoch, session);
        this.dataKeys = new DataKeySession(epoch, session, profile.recipientAlgorithm());
    }

    SigningSession signing() {
        return signing;
    }

    DataKeySession dataKeys() {
        return dataKeys;
    }

    Session session() {
        return session;
    }

    boolean isOf(Epoch other) {
        return epoch == other;
    }

    /** Whether the number of its session still means it. */
    boolean isAlive(TokenAccess access) {
        return access.isAlive(epoch);
    }

    /** Also destroys every object of the session that is left. */
    @Override
    public void close() {
        Epoch.close(session);
    }
}
