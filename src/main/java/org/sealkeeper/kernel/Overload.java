package org.sealkeeper.kernel;

/** A bounded queue was full. Nothing was begun, so the caller may simply ask again. */
public final class Overload extends Fault {
    private static final long serialVersionUID = 1L;

    /** Tells which queue was full, for the log, such as {@code "HSM queue"}, and how much it holds. */
    public Overload(String queue, int capacity) {
        super(FaultKind.OVERLOADED, queue + " is full: " + capacity + " requests wait", null);
    }
}
