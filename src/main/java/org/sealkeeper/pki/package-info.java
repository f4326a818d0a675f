/**
 * Reads certificates, keys and revocation lists, and judges which certificates are genuine, from nothing but the files it is given.
 */
@NullMarked
package org.sealkeeper.pki;

import org.jspecify.annotations.NullMarked;
