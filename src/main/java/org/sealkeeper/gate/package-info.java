/** The one path to a key: decide, record the intent, do the work, record the outcome. */
@NullMarked
package org.sealkeeper.gate;

import org.jspecify.annotations.NullMarked;
