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
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Hands the framework what is in force when it opens the listener, and again each time it is told of a change. */
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
        KeyStore store = tls.certificate().current().keyStore();
        try {
            var keys =
                    KeyManagerFactory.getInstance("SunX509"); // "PKIX" derives the key of the store at each handshake
            keys.init(store, NO_PASSWORD);
            var manager = (X509KeyManager) keys.getKeyManagers()[0];
            return new KeyStoreAndKeyCertOptions(store, KeyCertOptions.wrap(manager));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot use a key it has read", e);
        }
    }

    /** The store itself decides nothing; the framework only wants one to be there. */
    @Override
    public TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
        return new TrustStoreAndTrustOptions(emptyStore(), TrustOptions.wrap(new AnyCertificate(tls.authorities())));
    }

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
