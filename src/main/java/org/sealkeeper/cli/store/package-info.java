/** Commands that make a store, once, and move it into PostgreSQL. */
@NullMarked
package org.sealkeeper.cli.store;

import org.jspecify.annotations.NullMarked;
