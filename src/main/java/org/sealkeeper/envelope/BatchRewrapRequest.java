package org.sealkeeper.envelope;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Wishes to have data keys re-wrapped, each judged by itself.
 *
 * @param keys 1 to {@value Batch#MOST}
 */
@Schema(requiredProperties = "keys")
record BatchRewrapRequest(List<RewrapRequest> keys) {}
