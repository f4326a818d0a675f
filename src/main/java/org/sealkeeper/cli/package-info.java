/**
 * Commands of security teams and auditors; auditors' commands verify offline and never trust the server.
 *
 * <p>Exit codes: 0 done (or valid), 1 refused (or invalid), 2 wrong usage or configuration, 3 the token or the store failed.
 * Results go to standard output, everything else to standard error.
 */
@NullMarked
package org.sealkeeper.cli;

import org.jspecify.annotations.NullMarked;
