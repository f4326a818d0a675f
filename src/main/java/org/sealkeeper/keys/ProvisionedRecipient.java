package org.sealkeeper.keys;

/** What was done about one recipient. */
public record ProvisionedRecipient(Recipient recipient, ProvisionedKey.Outcome outcome) {}
