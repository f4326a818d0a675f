/** Judges signed blocks and whole chains of them, offline. */
@NullMarked
package org.sealkeeper.ledger.verification;

import org.jspecify.annotations.NullMarked;
