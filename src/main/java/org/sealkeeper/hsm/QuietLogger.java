package org.sealkeeper.hsm;

import java.lang.System.Logger.Level;
import org.xipki.pkcs11.wrapper.Logger;

/**
 * Where the wrapper's messages go: warnings and errors to the log, the rest nowhere.
 *
 * <p>Left to itself the wrapper prints to standard output, which belongs to the results of commands; and its debug messages
 * hold the arguments of calls, which no log may see.
 */
final class QuietLogger implements Logger {
    private static final System.Logger LOG = System.getLogger("org.sealkeeper.hsm.pkcs11");

    @Override
    public void info(String format, Object... arguments) {}

    @Override
    public void warn(String format, Object... arguments) {
        LOG.log(Level.WARNING, format);
    }

    @Override
    public void error(String format, Object... arguments) {
        LOG.log(Level.ERROR, format);
    }

    @Override
    public void debug(String format, Object... arguments) {}

    @Override
    public void trace(String format, Object... arguments) {}

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }
}
