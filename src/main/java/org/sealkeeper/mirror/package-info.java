/** Keeps an auditor's copy of an audit log and verifies it offline, trusting nothing but the keys it was given. */
@NullMarked
package org.sealkeeper.mirror;

import org.jspecify.annotations.NullMarked;
