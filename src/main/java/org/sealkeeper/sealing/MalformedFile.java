package org.sealkeeper.sealing;

import org.jspecify.annotations.Nullable;

/** A file that was named cannot be read, or is not of the documented form. */
public final class MalformedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFile(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
