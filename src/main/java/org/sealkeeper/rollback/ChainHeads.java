package org.sealkeeper.rollback;

import java.sql.SQLException;
import java.util.SortedMap;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.store.Rows;

/** Reads the highest claimed block of every chain, as a transaction sees it. */
@FunctionalInterface
public interface ChainHeads {
    SortedMap<ChainName, RememberedHead> read(Rows rows) throws SQLException;
}
