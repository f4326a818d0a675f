/**
 * Bounds what connections may hold and send, so that strangers leave room for known callers.
 *
 * <p>{@link org.sealkeeper.http.connection.ConnectionBounds} puts a few handlers into the pipeline of each connection that is
 * accepted. {@link org.sealkeeper.http.connection.Connections} counts the connections; when strangers have too many, the oldest
 * of them is closed. A connection is a stranger's until the first request on it that identifies its caller.
 */
@NullMarked
package org.sealkeeper.http.connection;

import org.jspecify.annotations.NullMarked;
