package org.sealkeeper.hsm.state;

/**
 * A change of a token's state.
 *
 * @param epoch how often the token was let in, including now; from 1
 * @param reason what was seen, for an operator; never a secret
 */
public record TokenChange(TokenState from, TokenState to, int epoch, String reason) {}
