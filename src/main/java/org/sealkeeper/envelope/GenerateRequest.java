package org.sealkeeper.envelope;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;

/**
 * A request for a new data key.
 *
 * @param key the alias of the key-encryption key it shall rest under
 * @param context what it is bound to
 * @param recipient the recipient it is released to at once, to encrypt the record with it
 */
@Schema(requiredProperties = {"key", "context", "recipient"})
record GenerateRequest(
        KeyAlias key,
        @Schema(implementation = Context.class) NewContext context,
        RecipientName recipient) {}
