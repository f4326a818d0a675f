/** Makes, rotates, retires and destroys keys in the token, for commands. */
@NullMarked
package org.sealkeeper.keys.provisioning;

import org.jspecify.annotations.NullMarked;
