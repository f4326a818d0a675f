/**
 * Reads certificates, keys and revocation lists, and judges whose certificate is genuine; nothing but the files it is given.
 */
@NullMarked
package org.sealkeeper.pki;

import org.jspecify.annotations.NullMarked;
