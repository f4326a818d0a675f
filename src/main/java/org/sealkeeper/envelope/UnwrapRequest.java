package org.sealkeeper.envelope;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.envelope.emergency.Justification;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.RecipientName;

/**
 * A request to release a data key.
 *
 * @param wrapped what was stored beside the record
 * @param context what the data key was bound to when it was made
 * @param purposeOfUse a code of HL7's v3-PurposeOfUse
 * @param justification for an emergency; the first request of an emergency must have it
 */
@Schema(requiredProperties = {"wrapped", "context", "purposeOfUse", "recipient"})
record UnwrapRequest(
        String wrapped,
        Context context,

        @Schema(implementation = String.class, examples = "TREAT")
        PurposeOfUse purposeOfUse,

        RecipientName recipient,
        @Schema(implementation = String.class) Optional<Justification> justification) {}
