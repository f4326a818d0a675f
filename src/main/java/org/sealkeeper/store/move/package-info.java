/**
 * Moves an embedded store into PostgreSQL: copies it, compares the copy, and switches, so that never both are the ledger's.
 *
 * <p>Knows tables and rows, and not what they mean; who does adds a {@link org.sealkeeper.store.move.MoveCheck}.
 */
@NullMarked
package org.sealkeeper.store.move;

import org.jspecify.annotations.NullMarked;
