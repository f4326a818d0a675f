/**
 * Signs ledger blocks and never two different ones for one chain and height.
 *
 * <p>The order is always: claim the height durably, then ask the token, then keep the signature durably, then reply.
 *
 * <p>What is signed is a {@link org.sealkeeper.ledger.BlockStatement}; any holder of the public keys checks one with
 * {@link org.sealkeeper.ledger.verification.BlockVerifier} and a whole chain with {@link org.sealkeeper.ledger.verification.ChainVerifier}, offline.
 */
@NullMarked
package org.sealkeeper.ledger;

import org.jspecify.annotations.NullMarked;
