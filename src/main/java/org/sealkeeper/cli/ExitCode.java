package org.sealkeeper.cli;

/** What a command's end means to a script. */
final class ExitCode {
    /** Done; or everything checked is valid. */
    static final int OK = 0;
    /** A check failed: a signature, link or file is not what it claims to be. */
    static final int INVALID = 1;
    /** The command line or a configuration file is wrong. */
    static final int USAGE = 2;
    /** The token, the store, the disk or the network failed. */
    static final int FAULT = 3;
    /** Nothing was altered, but only a newer version can judge all of it. */
    static final int UNKNOWN = 4;

    private ExitCode() {}
}
