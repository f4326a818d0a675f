/** Commands that make a store, once, move it into PostgreSQL, and have several appliances share it there. */
@NullMarked
package org.sealkeeper.cli.store;

import org.jspecify.annotations.NullMarked;
