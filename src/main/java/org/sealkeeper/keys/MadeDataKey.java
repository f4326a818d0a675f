package org.sealkeeper.keys;

import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.kernel.TokenLabel;

/**
 * A new data key.
 *
 * @param maker the token that made it
 * @param wraps what its tokens are to be asked for it with
 * @param released what the recipient gets
 */
public record MadeDataKey(TokenLabel maker, Wraps wraps, ReleasedKey released) {}
