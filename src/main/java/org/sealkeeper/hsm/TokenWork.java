package org.sealkeeper.hsm;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.xipki.pkcs11.wrapper.Session;

/** What may be asked of the token, and on which sessions it is done. */
interface TokenWork extends AutoCloseable {
    /** The epoch in which the calling work is done. */
    Epoch epoch();

    /** Signs, within the deadline of a signature; may be done twice. */
    <T> CompletionStage<T> sign(CkaId key, Function<PooledSession, T> work);

    /** Work with data keys, within the deadline of a signature; may be done twice. */
    <T> CompletionStage<T> useDataKeys(CkaId key, Function<PooledSession, T> work);

    /** Work on the records of this process, within the deadline of a signature; waits for no signature. */
    <T> CompletionStage<T> writeRecord(Function<PooledSession, T> work);

    /** Tries what only the administration may, on a session of its own, within the deadline of a signature. */
    <T> CompletionStage<T> examine(Function<Session, T> work);

    /** Work on objects of the token, on a session of its own. Blocks. */
    <T> T administer(Function<TokenObjects, T> work);

    /** Work on a session, which the caller waits for. */
    <T> T await(Function<PooledSession, T> work);

    /** Ends its sessions. */
    @Override
    void close();
}
