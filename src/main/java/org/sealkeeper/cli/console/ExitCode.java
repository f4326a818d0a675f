package org.sealkeeper.cli.console;

/** What a command's end means to a script. */
public final class ExitCode {
    /** Done; or everything checked is valid. */
    public static final int OK = 0;
    /** A check failed: a signature, link or file is not what it should be. */
    public static final int INVALID = 1;
    /** The command line or a configuration file is wrong. */
    public static final int USAGE = 2;
    /** The token, the store, the disk or the network failed. */
    public static final int FAULT = 3;
    /** What the command did is done, but standard output could not be written: what it had to tell is incomplete. */
    public static final int UNTOLD = 4;
    /** Nothing was altered, but only a newer version can judge all of it. */
    public static final int UNKNOWN = 5;
    /** Nothing was done, but there is something to do. */
    public static final int CHANGES = 6;
    /** What is there is not what was declared: somebody else changed it. */
    public static final int DRIFT = 7;
    /** The reader of standard output went away: as a shell tells of a command that SIGPIPE ended. */
    public static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
