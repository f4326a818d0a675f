/**
 * Knows every key: alias, purpose, state, version, public half; refuses one used for another purpose.
 *
 * <p>The catalogue in the store says which keys there are, the token holds them, and neither is believed without the other:
 * at every start each active key is found in the token, compared, and made to sign.
 */
@NullMarked
package org.sealkeeper.keys;

import org.jspecify.annotations.NullMarked;
