/** What a failure of a token means, and in which state it leaves the token. */
@NullMarked
package org.sealkeeper.hsm.state;

import org.jspecify.annotations.NullMarked;
