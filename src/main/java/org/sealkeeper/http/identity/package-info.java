/** Identifies the caller of a request, by certificate and by token, and limits what one caller may ask. */
@NullMarked
package org.sealkeeper.http.identity;

import org.jspecify.annotations.NullMarked;
