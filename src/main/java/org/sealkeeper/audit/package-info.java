/** Append-only Merkle log of what the appliance did, with checkpoints that the HSM signs and anyone can verify. */
@NullMarked
package org.sealkeeper.audit;

import org.jspecify.annotations.NullMarked;
