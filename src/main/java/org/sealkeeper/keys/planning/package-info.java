/** Says what differs between what is declared, what the store knows and what the tokens have; changes nothing. */
@NullMarked
package org.sealkeeper.keys.planning;

import org.jspecify.annotations.NullMarked;
