/**
 * Decides which caller may do what with which key, for which purpose; a pure function over a checked policy.
 *
 * <p>The policy is one file, read and checked whole; a caller it does not name may do nothing, and an explicit denial wins.
 */
@NullMarked
package org.sealkeeper.policy;

import org.jspecify.annotations.NullMarked;
