/** Writes files whole or not at all, and leaves nothing half written behind. */
@NullMarked
package org.sealkeeper.files;

import org.jspecify.annotations.NullMarked;
