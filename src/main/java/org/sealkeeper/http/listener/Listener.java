package org.sealkeeper.http.listener;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import org.sealkeeper.pki.ServerCertificate;

/** The open listener of the API. */
@Singleton
public final class Listener {
    private final TlsConfigurationRegistry registry;
    private final Event<CertificateUpdatedEvent> updated;
    private ServerCertificate shown;

    Listener(ListenerTls tls, TlsConfigurationRegistry registry, Event<CertificateUpdatedEvent> updated) {
        this.registry = registry;
        this.updated = updated;
        this.shown = tls.certificate().current();
    }

    /** Shows this certificate in handshakes from now on; connections that are open go on. For one thread at a time. */
    public void show(ServerCertificate certificate) {
        if (!certificate.equals(shown)) {
            TlsConfiguration api = registry.get(ListenerStores.API).orElseThrow();
            if (!api.reload()) {
                throw new IllegalStateException("the framework did not take the changed certificate");
            }
            updated.fire(new CertificateUpdatedEvent(ListenerStores.API, api));
            shown = certificate;
        }
    }
}
