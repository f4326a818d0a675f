package org.sealkeeper.cli.assess;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.store.Store;

/** A store, or why there is none: what is in it then is unchecked, and all else is looked at. */
final class OpenedStore implements Supplier<Store>, AutoCloseable {
    private @Nullable Store store;
    private @Nullable RuntimeException failure;

    OpenedStore(StoreLocation location) {
        try {
            store = Store.open(location);
        } catch (ConfigurationFault | Fault e) {
            failure = e;
        }
    }

    @Override
    public Store get() {
        if (store == null) {
            throw failure == null ? new IllegalStateException("expected a store, or why there is none") : failure;
        }
        return store;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
