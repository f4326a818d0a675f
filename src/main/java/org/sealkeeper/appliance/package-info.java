/** Starts, self-tests, wires, reports health of and stops the appliance. */
@NullMarked
package org.sealkeeper.appliance;

import org.jspecify.annotations.NullMarked;
