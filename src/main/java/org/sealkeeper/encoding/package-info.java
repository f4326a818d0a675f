/** Writes bytes and times as text: base64url, PEM and RFC 3339, each in one form. */
@NullMarked
package org.sealkeeper.encoding;

import org.jspecify.annotations.NullMarked;
