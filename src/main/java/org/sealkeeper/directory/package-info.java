/** Publishes the public half of every key, as JWK Set, JSON and PEM; no call here creates, changes or destroys one. */
@NullMarked
package org.sealkeeper.directory;

import org.jspecify.annotations.NullMarked;
