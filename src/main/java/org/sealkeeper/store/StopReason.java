package org.sealkeeper.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why the appliance writes no more, and so signs no more. The names are part of the wire format, the audit log and the token's memory. */
public enum StopReason {
    /** No file lies at the store's path, or its write-ahead log is gone. */
    STORE_GONE,
    /** Another file lies there, or this one was written to by another process. */
    STORE_REPLACED,
    /** The store lacks what was written to it: an older state was brought back. */
    STORE_BEHIND,
    /** The store has blocks or leaves that this appliance did not write. */
    STORE_AHEAD,
    /** The store is another one than the token remembers. */
    ANOTHER_STORE,
    /** Another appliance uses the token's keys. */
    ANOTHER_APPLIANCE,
    /** The token lacks what was written to it. */
    TOKEN_FORGOT,
    /** A witness saw more of the log than there is, or another one: store and token were turned back together. */
    WITNESS_CONTRADICTS,
    /** An operator said that this appliance does not come back, and the others of its database sign without it. */
    RETIRED,
    /** The store's writer broke down; the fault is ours. */
    WRITER_FAILED;

    /** Its name: the words with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason of this name; empty where there is none. */
    public static Optional<StopReason> named(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }
}
