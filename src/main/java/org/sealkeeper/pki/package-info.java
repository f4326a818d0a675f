/**
 * Reads certificates, keys and revocation lists, and judges whose certificate is genuine; nothing but the files it is given.
 *
 * <p>{@link org.sealkeeper.pki.InForce} lets changed files take effect while the appliance runs, as a whole or not at all.
 */
@NullMarked
package org.sealkeeper.pki;

import org.jspecify.annotations.NullMarked;
