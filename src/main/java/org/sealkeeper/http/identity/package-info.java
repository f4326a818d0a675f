/** Who sends a request, by certificate and by token, and how much one caller may ask. */
@NullMarked
package org.sealkeeper.http.identity;

import org.jspecify.annotations.NullMarked;
