/** The command that verifies a chain of signed blocks offline. */
@NullMarked
package org.sealkeeper.cli.chain;

import org.jspecify.annotations.NullMarked;
