package org.sealkeeper.envelope;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.kernel.Context;

/**
 * A request to wrap a data key under the newest version of its key-encryption key.
 *
 * @param wrapped what is stored beside the record
 * @param context what the data key was bound to when it was made, and stays bound to
 */
@Schema(requiredProperties = {"wrapped", "context"})
record RewrapRequest(String wrapped, Context context) {}
