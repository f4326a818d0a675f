package org.sealkeeper.kernel;

/** What a caller may conclude from a fault; each is one problem type of the API. */
public enum FaultKind {
    /** The token did not do its work; nothing was signed; the same request may succeed later. */
    HSM_UNAVAILABLE,
    /** The store could not write or read; nothing was signed; the same request may succeed later. */
    STORE_UNAVAILABLE,
    /** A bounded queue was full; nothing was begun; the same request may succeed at once. */
    OVERLOADED
}
