/** Raises the heads of chains to what was signed, for a store that forgot it. */
@NullMarked
package org.sealkeeper.ledger.recovery;

import org.jspecify.annotations.NullMarked;
