package org.sealkeeper.keys;

import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;

/** A key as {@code keys.yaml} declares it. */
public record DeclaredKey(KeyAlias alias, KeyPurpose purpose, SigningAlgorithm algorithm) {}
