package org.sealkeeper.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that should have worked did not. Expected refusals are values; a fault is what is left, thrown once where the
 * device or library reports it and translated once at the edge (problem+json, exit code).
 *
 * <p>Messages say what was expected and what was found, and never hold a secret or patient data: they are logged.
 */
public abstract class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FaultKind kind;

    protected Fault(FaultKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A word for callers that names the reason more closely than the kind does; empty where there is none. */
    public Optional<String> code() {
        return Optional.empty();
    }

    /** What the caller may conclude from it. */
    public FaultKind kind() {
        return kind;
    }
}
