/** Runs what is done again and again, each on a thread that pauses, backs off, and does not die unnoticed. */
@NullMarked
package org.sealkeeper.background;

import org.jspecify.annotations.NullMarked;
