/** Puts together what proves one thing to somebody who has nothing of us, and judges it offline. */
@NullMarked
package org.sealkeeper.evidence;

import org.jspecify.annotations.NullMarked;
