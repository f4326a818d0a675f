/** Shows auditors, security officers and operators in a browser what the policy lets them see; it has no authority of its own. */
@NullMarked
package org.sealkeeper.console;

import org.jspecify.annotations.NullMarked;
