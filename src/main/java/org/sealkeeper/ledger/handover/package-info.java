/** Hands chains over from one appliance to another, so that of two that know a chain at most one signs it. */
@NullMarked
package org.sealkeeper.ledger.handover;

import org.jspecify.annotations.NullMarked;
