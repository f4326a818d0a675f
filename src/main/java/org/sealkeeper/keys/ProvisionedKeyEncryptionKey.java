package org.sealkeeper.keys;

/** What was done about one key-encryption key. */
public record ProvisionedKeyEncryptionKey(KeyEncryptionKey key, ProvisionedKey.Outcome outcome) {}
