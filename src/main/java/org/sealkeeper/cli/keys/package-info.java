/** Commands about keys: apply, list, rotate, destroy a version, export. */
@NullMarked
package org.sealkeeper.cli.keys;

import org.jspecify.annotations.NullMarked;
