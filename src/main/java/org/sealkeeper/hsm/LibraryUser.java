package org.sealkeeper.hsm;

/** A token that callers use through a library, which it may share with others. */
interface LibraryUser {
    /** What every call of callers' work passes. */
    CallGate calls();

    /** Whether callers' work is done in it now. */
    boolean isUsed();
}
