/** The command that makes a store, once. */
@NullMarked
package org.sealkeeper.cli.store;

import org.jspecify.annotations.NullMarked;
