/** How value types are written and read in JSON, strictly. */
@NullMarked
package org.sealkeeper.http.wire;

import org.jspecify.annotations.NullMarked;
