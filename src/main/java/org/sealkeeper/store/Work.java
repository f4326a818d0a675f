package org.sealkeeper.store;

import java.sql.SQLException;

/** Statements that belong together: those of one transaction, or one query. */
@FunctionalInterface
public interface Work<T> {
    T run(Rows rows) throws SQLException;
}
