/** Whatever is not a success, as problem+json (RFC 9457) with the id of its request. */
@NullMarked
package org.sealkeeper.http.problem;

import org.jspecify.annotations.NullMarked;
