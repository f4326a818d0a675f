/**
 * Checks the bearer tokens of the issuers an operator trusts.
 *
 * <p>A token is accepted only as far as its issuer's line in {@code issuers.yaml} goes: by which keys and algorithms, for which
 * audience, for how long. What cannot be checked is refused.
 *
 * <p>Where that line says so, people sign in with the issuer ({@link org.sealkeeper.issuers.SignIn}), for a token that is checked as any other.
 */
@NullMarked
package org.sealkeeper.issuers;

import org.jspecify.annotations.NullMarked;
