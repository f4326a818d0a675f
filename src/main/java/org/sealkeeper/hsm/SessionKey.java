package org.sealkeeper.hsm;

import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * A key that exists in the token only while it is worked with.
 *
 * <p>If it cannot be destroyed, the fault closes the session, and with it the token destroys the key.
 */
record SessionKey(Session session, long handle) implements AutoCloseable {

    @Override
    public void close() {
        try {
            session.destroyObject(handle);
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_DestroyObject", e);
        }
    }
}
