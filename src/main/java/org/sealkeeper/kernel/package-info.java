/**
 * The value types every floor speaks: names, heights, hashes, callers, algorithms and faults.
 *
 * <p>At most fifteen types, no I/O, no framework, nothing but the JDK: what is here can be trusted by everything above.
 */
@NullMarked
package org.sealkeeper.kernel;

import org.jspecify.annotations.NullMarked;
