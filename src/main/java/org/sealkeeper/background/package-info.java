/** Runs what is done again and again, each on a thread that pauses and backs off, and reports the loops that died. */
@NullMarked
package org.sealkeeper.background;

import org.jspecify.annotations.NullMarked;
