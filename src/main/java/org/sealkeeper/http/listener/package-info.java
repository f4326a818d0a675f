/** Where the service listens, and the TLS files it does it with. */
@NullMarked
package org.sealkeeper.http.listener;

import org.jspecify.annotations.NullMarked;
