/** The command that prepares a token. */
@NullMarked
package org.sealkeeper.cli.token;

import org.jspecify.annotations.NullMarked;
