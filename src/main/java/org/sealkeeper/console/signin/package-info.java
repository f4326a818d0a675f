/** Has people sign in to the console with the issuers that the operator trusts, and keeps their sessions. */
@NullMarked
package org.sealkeeper.console.signin;

import org.jspecify.annotations.NullMarked;
