package org.sealkeeper.appliance;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.Chains;

/** Has everything checked before a socket is open, and says so once. */
@Singleton
final class StartUp {
    private static final Logger LOG = Logger.getLogger(StartUp.class);

    /** To be handed the key ring and the chains means that token, keys, store and declarations are as they should be. */
    void report(@Observes StartupEvent started, KeyRing keys, Chains chains) {
        LOG.infof(
                "every key is in the token as declared: %d keys, %d chains",
                keys.keys().size(), chains.count());
    }
}
