package org.sealkeeper.envelope;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Requests to release data keys, each judged by itself.
 *
 * @param keys 1 to {@value Batch#MOST}
 */
@Schema(requiredProperties = "keys")
record BatchUnwrapRequest(List<UnwrapRequest> keys) {}
