package org.sealkeeper.keys;

import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Readmission;

/**
 * What a token must prove when it comes back, before it is used: that it has every key in use as declared, and refuses what would let data keys
 * out of it. The same as at the start.
 */
public final class TokenReadmission implements Readmission {
    private final KeyRing keys;
    private final KeyEncryptionKeys keyEncryptionKeys;
    private final TokenEnforcement enforcement;

    public TokenReadmission(KeyRing keys, KeyEncryptionKeys keyEncryptionKeys, TokenEnforcement enforcement) {
        this.keys = keys;
        this.keyEncryptionKeys = keyEncryptionKeys;
        this.enforcement = enforcement;
    }

    @Override
    public void prove(Hsm candidate) {
        keys.require(candidate);
        new KeyEncryptionKeySelfTest(candidate).pass(keyEncryptionKeys);
        enforcement.require(candidate);
    }
}
