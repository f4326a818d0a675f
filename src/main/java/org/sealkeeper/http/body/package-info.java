/** The body of a request: bounded, in time, and read strictly. */
@NullMarked
package org.sealkeeper.http.body;

import org.jspecify.annotations.NullMarked;
