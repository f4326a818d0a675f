package org.sealkeeper.gate;

import java.sql.SQLException;
import java.util.List;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.kernel.Fault;

/**
 * What a feature tells the audit log of the end of the one thing that it had begun.
 *
 * @param <R> what the work ends in
 * @param <A> what the caller is told
 */
public interface Ending<R, A> extends JointEnding<R, A> {

    /**
     * The work ended.
     *
     * @param outcome takes the one leaf that says how, in a transaction that may run twice
     */
    A ended(R result, OutcomeRecord outcome) throws SQLException;

    /**
     * The work failed.
     *
     * @param begun the index of the leaf that said it would be done
     */
    Leaf failed(Fault fault, long begun);

    @Override
    default A ended(R result, List<OutcomeRecord> outcomes) throws SQLException {
        return ended(result, outcomes.getFirst());
    }

    @Override
    default List<Leaf> failed(Fault fault, List<Long> begun) {
        return List.of(failed(fault, begun.getFirst()));
    }
}
