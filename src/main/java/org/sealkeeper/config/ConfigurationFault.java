package org.sealkeeper.config;

/**
 * The appliance or a command refuses to go on: a file, a key or the token is not as declared.
 *
 * <p>The message is for an operator: where (file and line when a file is to blame), what was expected, what was found, and
 * what to do next. It is printed alone, without a stack trace.
 */
public final class ConfigurationFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationFault(String message) {
        super(message);
    }

    public ConfigurationFault(String message, Throwable cause) {
        super(message, cause);
    }
}
