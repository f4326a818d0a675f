package org.sealkeeper.hsm;

/**
 * What another token wraps a new data key to, so that the token which has the private half gets it.
 *
 * @param publicKey as that token itself gave it
 * @param algorithm how it is wrapped: one that both tokens have
 */
public record TransferKey(RecipientKey publicKey, RecipientAlgorithm algorithm) {}
