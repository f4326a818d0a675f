package org.sealkeeper.envelope;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;

/**
 * A wish for a new data key.
 *
 * @param key the alias of the key encryption key it shall rest under
 * @param context what it is bound to
 * @param recipient to whom it is released at once, so that somebody can encrypt with it
 */
@Schema(requiredProperties = {"key", "context", "recipient"})
record GenerateRequest(
        KeyAlias key,
        @Schema(implementation = Context.class) NewContext context,
        RecipientName recipient) {}
