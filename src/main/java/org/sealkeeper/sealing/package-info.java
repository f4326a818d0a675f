/**
 * Seals and opens records in the lab or clinic, with a data key that the appliance makes and releases.
 *
 * <p>It knows the appliance by its API alone, and trusts it with no record: what is sealed never leaves the machine.
 */
@NullMarked
package org.sealkeeper.sealing;

import org.jspecify.annotations.NullMarked;
