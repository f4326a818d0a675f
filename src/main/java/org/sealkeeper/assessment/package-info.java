/** Judges an appliance as an assessor would: what is weak, what is right, and what could not be seen. */
@NullMarked
package org.sealkeeper.assessment;

import org.jspecify.annotations.NullMarked;
