package org.sealkeeper.store.move;

import java.util.Optional;
import org.sealkeeper.store.Store;

/** Compares a store with its copy, before the copy takes its place. */
@FunctionalInterface
public interface MoveCheck {

    /** The first difference; empty where there is none. */
    Optional<Difference> find(Store source, Store copy);
}
