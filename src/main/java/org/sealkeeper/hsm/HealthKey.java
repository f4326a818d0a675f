package org.sealkeeper.hsm;

import org.sealkeeper.verify.VerificationKey;

/**
 * The signing key that probes of a token use.
 *
 * @param id its CKA_ID
 * @param publicKey its public half
 */
public record HealthKey(CkaId id, VerificationKey publicKey) {}
