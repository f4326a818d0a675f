/** What is recorded of each request, before its answer leaves. */
@NullMarked
package org.sealkeeper.http.access;

import org.jspecify.annotations.NullMarked;
