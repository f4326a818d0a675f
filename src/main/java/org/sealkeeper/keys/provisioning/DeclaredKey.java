package org.sealkeeper.keys.provisioning;

import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.KeyPurpose;

/** A key as {@code keys.yaml} declares it. */
public record DeclaredKey(KeyAlias alias, KeyPurpose purpose, SigningAlgorithm algorithm) {}
