package org.sealkeeper.cli.store;

import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;

/** The database of an appliance that may share it with others. */
final class SharedStore {
    private SharedStore() {}

    /** @throws ConfigurationFault if the appliance has an embedded store */
    static StoreLocation.Server of(ConfigOption config) {
        return switch (config.read().store()) {
            case StoreLocation.Server server -> server;
            case StoreLocation.Embedded file ->
                throw new ConfigurationFault("expected 'store' in appliance.yaml to be an address of PostgreSQL, found "
                        + file + ": an embedded store is used by one appliance");
        };
    }
}
