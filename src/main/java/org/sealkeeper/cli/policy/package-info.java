/** Commands about the policy: check, test, explain, compare, and decide again what was decided. */
@NullMarked
package org.sealkeeper.cli.policy;

import org.jspecify.annotations.NullMarked;
