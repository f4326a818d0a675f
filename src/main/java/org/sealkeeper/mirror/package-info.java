/** Keeps an auditor's copy of an audit log and verifies it offline, trusting nobody but the keys he was given. */
@NullMarked
package org.sealkeeper.mirror;

import org.jspecify.annotations.NullMarked;
