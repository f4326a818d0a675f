package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Somebody who calls the API with his client certificate, or with none. */
public final class Caller implements AutoCloseable {
    private static final char[] NO_PASSWORD = new char[0];

    private final HttpClient client;
    private final String base;

    private Caller(HttpClient client, String base) {
        this.client = client;
        this.base = base;
    }

    /** The caller whose certificate and key lie in the home's {@code pki} folder under this name. */
    public static Caller of(Home home, String name) {
        Path pki = home.folder().resolve("pki");
        return new Caller(
                client(tls(pki.resolve("ca.pem"), pki.resolve(name + ".pem"), pki.resolve(name + ".key"))), url(home));
    }

    /** A caller who shows no certificate. */
    public static Caller anonymous(Home home) {
        return new Caller(client(tls(home.folder().resolve("pki/ca.pem"), null, null)), url(home));
    }

    private static String url(Home home) {
        return "https://localhost:" + home.port();
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> get(String path, String accept) {
        return send(request(path).header("Accept", accept).GET());
    }

    /** An answer that is no text. */
    public HttpResponse<byte[]> bytes(String path) {
        return send(request(path).GET(), BodyHandlers.ofByteArray());
    }

    /** The same, for a request completed by the test. */
    public HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    /** A request to be completed by the test. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** A TLS context that trusts one authority and, unless null, shows one certificate. */
    public static SSLContext tls(Path authority, Path certificate, Path key) {
        try {
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore(certificate, key), NO_PASSWORD);
            return tls(authority, keys.getKeyManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A TLS context that trusts one authority, with keys of its own. */
    public static SSLContext tls(Path authority, KeyManager... keys) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificates(authority)[0]);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(keys, trust.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore keyStore(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (certificate != null) {
            String pem = Files.readString(key, StandardCharsets.US_ASCII)
                    .replaceAll("-----[A-Z ]+-----", "")
                    .replaceAll("\\s", "");
            var privateKey = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            store.setKeyEntry("caller", privateKey, NO_PASSWORD, certificates(certificate));
        }
        return store;
    }

    private static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
    }
}
