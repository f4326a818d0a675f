/** The command that makes certificates for development. */
@NullMarked
package org.sealkeeper.cli.devpki;

import org.jspecify.annotations.NullMarked;
