/**
 * Checks signatures in software, without an HSM: the same judge for the appliance, before a signature leaves, and for the
 * auditor's offline commands.
 */
@NullMarked
package org.sealkeeper.verify;

import org.jspecify.annotations.NullMarked;
