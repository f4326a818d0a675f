package org.sealkeeper.keys.provisioning;

import org.sealkeeper.keys.KeyEncryptionKey;

/** What was done about one key-encryption key. */
public record ProvisionedKeyEncryptionKey(KeyEncryptionKey key, ProvisionedKey.Outcome outcome) {}
