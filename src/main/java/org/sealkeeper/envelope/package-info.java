/**
 * Wraps, releases and re-wraps patient data keys, so that they are in the clear only at the recipient.
 *
 * <p>A data key rests wrapped beside its record, bound to a context that names the record. It leaves the token only wrapped again, to
 * the public key of a recipient whom the security officer approved. This room never holds a data key.
 */
@NullMarked
package org.sealkeeper.envelope;

import org.jspecify.annotations.NullMarked;
