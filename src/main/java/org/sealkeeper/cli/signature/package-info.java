/** The command that verifies one signature offline. */
@NullMarked
package org.sealkeeper.cli.signature;

import org.jspecify.annotations.NullMarked;
