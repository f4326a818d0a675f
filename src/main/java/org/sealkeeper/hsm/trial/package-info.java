/** Tries on objects made for it, and destroyed again, what a token can and cannot do against what Sealkeeper needs. */
@NullMarked
package org.sealkeeper.hsm.trial;

import org.jspecify.annotations.NullMarked;
