package org.sealkeeper.hsm;

import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.TokenState;

/** The login was not tried, or was refused. It waits for an operator, and is not tried again before. */
final class LoginRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TokenState state;

    /** @param state in which the token waits */
    LoginRefused(TokenState state, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.state = state;
    }

    TokenState state() {
        return state;
    }

    /** What ends a start, or a command. */
    ConfigurationFault asConfigurationFault() {
        return new ConfigurationFault(String.valueOf(getMessage()), this);
    }
}
