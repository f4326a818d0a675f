/**
 * What survives power loss: SQL, migrations, group commit, compare-and-set.
 *
 * <p>A feature owns its statements; this room owns when they are durable. Knows no feature.
 */
@NullMarked
package org.sealkeeper.store;

import org.jspecify.annotations.NullMarked;
