package org.sealkeeper.keys;

import java.util.Map;
import org.sealkeeper.kernel.TokenLabel;

/**
 * A data key that was bound to its record.
 *
 * @param wraps those whose tokens could bind it
 * @param tags for each of these tokens, its HMAC-SHA-256 over all of the wraps
 */
public record BoundDataKey(Wraps wraps, Map<TokenLabel, byte[]> tags) {}
