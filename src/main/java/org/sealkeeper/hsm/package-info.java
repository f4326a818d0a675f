/**
 * The only package that knows PKCS#11: sessions, mechanisms, CKR codes, self-test.
 *
 * <p>Everything that dies with the library's state (sessions, handles, the login) belongs to one {@link
 * org.sealkeeper.hsm.Epoch}; nothing of an older epoch is ever shown to the token again. No signature leaves this package
 * before software has verified it under the public key that was asked for.
 */
@NullMarked
package org.sealkeeper.hsm;

import org.jspecify.annotations.NullMarked;
