/** The REST resources of the ledger, and the shapes of their answers. */
@NullMarked
package org.sealkeeper.ledger.door;

import org.jspecify.annotations.NullMarked;
