package org.sealkeeper.envelope;

import java.sql.SQLException;
import java.util.OptionalLong;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.gate.Ending;
import org.sealkeeper.gate.OutcomeRecord;
import org.sealkeeper.kernel.Fault;

/** Tells the audit log what became of a data key. */
record DataKeyEnding(DataKeyLeaves leaves) implements Ending<DataKeyResult, Answer> {
    @Override
    public Answer ended(DataKeyResult result, OutcomeRecord outcome) throws SQLException {
        return new Answer(result, OptionalLong.of(outcome.append(leaves.ended(result, outcome.begun()))));
    }

    @Override
    public Leaf failed(Fault fault, long begun) {
        return leaves.failed(fault, begun);
    }
}
