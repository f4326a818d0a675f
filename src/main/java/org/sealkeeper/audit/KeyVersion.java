package org.sealkeeper.audit;

import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;

/** Which key, and which version of it. */
public record KeyVersion(KeyAlias alias, int version, KeyId keyId) {}
