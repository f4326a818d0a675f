/** Commands of a laboratory system: seal and open records. */
@NullMarked
package org.sealkeeper.cli.record;

import org.jspecify.annotations.NullMarked;
