package org.sealkeeper.gate;

import java.sql.SQLException;
import java.util.List;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.kernel.Fault;

/**
 * What a feature tells the audit log of the end of what it had begun with one use of a key, and a leaf for each thing that was to be
 * done by it.
 *
 * @param <R> what the work ends in
 * @param <A> what the caller is told
 */
public interface JointEnding<R, A> {

    /**
     * The work ended.
     *
     * @param outcomes of the leaves of the intent, in their order: each takes the one leaf that says how it ended. In one transaction, that may
     *     run twice
     */
    A ended(R result, List<OutcomeRecord> outcomes) throws SQLException;

    /**
     * The work failed.
     *
     * @param begun the indexes of the leaves that said what would be done
     * @return a leaf for each of them, in their order
     */
    List<Leaf> failed(Fault fault, List<Long> begun);

    /** What keeps the end was given to the store, which runs works in the order of the calls; or was not taken by it. Must be short. */
    default void submitted() {}
}
