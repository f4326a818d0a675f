package org.sealkeeper.http.listener;

import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Hands the framework, once, what follows the TLS files in force. */
@Singleton
@Identifier(ListenerStores.API)
final class ListenerStores implements KeyStoreProvider, TrustStoreProvider {
    /** The name of the listener's TLS in application.properties. */
    static final String API = "api";

    private static final char[] NO_PASSWORD = {};

    private final ListenerTls tls;

    ListenerStores(ListenerTls tls) {
        this.tls = tls;
    }

    @Override
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        return new KeyStoreAndKeyCertOptions(
                emptyStore(), KeyCertOptions.wrap(new CurrentCertificate(tls.certificate())));
    }

    @Override
    public TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
        return new TrustStoreAndTrustOptions(emptyStore(), TrustOptions.wrap(new AnyCertificate(tls.authorities())));
    }

    /** The stores themselves decide nothing; the framework only wants them to be there. */
    private static KeyStore emptyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no key store in memory", e);
        }
    }
}
