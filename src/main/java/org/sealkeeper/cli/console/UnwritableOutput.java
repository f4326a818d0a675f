package org.sealkeeper.cli.console;

import java.io.IOException;

/** Standard output took no more. Not a fault: what the command did is done, and only the telling of it failed. */
public final class UnwritableOutput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isClosedPipe;

    UnwritableOutput(IOException cause) {
        super(
                "standard output cannot be written: " + cause.getMessage()
                        + "; what the command did is done, what it had to tell is incomplete",
                cause);
        this.isClosedPipe = String.valueOf(cause.getMessage()).contains("Broken pipe");
    }

    /**
     * Whether the reader of a pipe went away, as {@code head} does when it has enough. The JDK tells it by the words of the
     * operating system alone, which are these in the locale of our launchers.
     */
    public boolean isClosedPipe() {
        return isClosedPipe;
    }
}
