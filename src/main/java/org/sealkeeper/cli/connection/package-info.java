/** Where an appliance is, and as whom a command calls it. */
@NullMarked
package org.sealkeeper.cli.connection;

import org.jspecify.annotations.NullMarked;
