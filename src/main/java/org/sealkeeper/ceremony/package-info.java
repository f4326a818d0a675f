/** Changes that several officers approve: requests, approvals, what was done, and the transcript that proves it. */
@NullMarked
package org.sealkeeper.ceremony;

import org.jspecify.annotations.NullMarked;
