package org.sealkeeper.keys.provisioning;

import java.nio.file.Path;
import org.sealkeeper.kernel.RecipientName;

/**
 * A recipient of data keys as {@code keys.yaml} declares it.
 *
 * @param certificate its file, PEM or DER; of a chain, the recipient's own is the first
 */
public record DeclaredRecipient(RecipientName name, Path certificate) {}
