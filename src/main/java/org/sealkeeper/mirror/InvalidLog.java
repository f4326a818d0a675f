package org.sealkeeper.mirror;

/** A log is not valid: it contradicts itself or what was known of it. */
public final class InvalidLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String reason;

    /**
     * @param where the file, leaf or block that is wrong, such as {@code tile/0/000} or {@code leaf 17}
     * @param reason what was expected and what was found
     */
    public InvalidLog(String where, String reason) {
        super(where + ": " + reason);
        this.where = where;
        this.reason = reason;
    }

    static InvalidLog atLeaf(long index, String reason) {
        return new InvalidLog("leaf " + index, reason);
    }

    /** What is wrong: a file of the log, {@code leaf <index>} or {@code block <height>}. */
    public String where() {
        return where;
    }

    /** Why. */
    public String reason() {
        return reason;
    }
}
