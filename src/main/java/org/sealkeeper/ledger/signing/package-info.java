/** Claims a height, signs its block and keeps the signature; refuses all else by name. */
@NullMarked
package org.sealkeeper.ledger.signing;

import org.jspecify.annotations.NullMarked;
