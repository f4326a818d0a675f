package org.sealkeeper.keys.provisioning;

import org.sealkeeper.keys.Recipient;

/** What was done about one recipient. */
public record ProvisionedRecipient(Recipient recipient, ProvisionedKey.Outcome outcome) {}
