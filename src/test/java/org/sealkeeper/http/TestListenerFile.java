package org.sealkeeper.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.sealkeeper.config.ApplianceFile;

/** Hands the HTTP rooms the appliance.yaml they are tested with. */
@Singleton
final class TestListenerFile {

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    ApplianceFile appliance() {
        return TlsListener.APPLIANCE;
    }
}
