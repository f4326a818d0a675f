/** Where an appliance is, and as which caller a command calls it. */
@NullMarked
package org.sealkeeper.cli.connection;

import org.jspecify.annotations.NullMarked;
