/** Commands that prepare a token, and show what it is like. */
@NullMarked
package org.sealkeeper.cli.token;

import org.jspecify.annotations.NullMarked;
