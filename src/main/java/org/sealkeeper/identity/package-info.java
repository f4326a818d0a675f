/** The callers: by certificate, by bearer token, or by both. */
@NullMarked
package org.sealkeeper.identity;

import org.jspecify.annotations.NullMarked;
