package org.sealkeeper.envelope;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Requests to re-wrap data keys, each judged by itself.
 *
 * @param keys 1 to {@value Batch#MOST}
 */
@Schema(requiredProperties = "keys")
record BatchRewrapRequest(List<RewrapRequest> keys) {}
