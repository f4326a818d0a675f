/**
 * RFC 6962 hashing and proofs, and the C2SP text formats of transparency logs; pure functions over bytes, needing nothing
 * but the JDK.
 */
@NullMarked
package org.sealkeeper.merkle;

import org.jspecify.annotations.NullMarked;
