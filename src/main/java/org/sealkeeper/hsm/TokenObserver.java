package org.sealkeeper.hsm;

import java.time.Duration;
import org.sealkeeper.hsm.state.TokenChange;

/** Is told what happens to a token; its methods must be short, must not throw, and must not call the token. */
public interface TokenObserver {
    /** The token came into another state. Told in order. */
    void changed(TokenChange change);

    /** Something that was asked of the token failed. */
    void failed(HsmFault fault);

    /** How long a session of this pool was at work. */
    void worked(String pool, Duration time);
}
