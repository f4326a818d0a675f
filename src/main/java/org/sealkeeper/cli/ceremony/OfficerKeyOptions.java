package org.sealkeeper.cli.ceremony;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.pki.KeyFile;
import picocli.CommandLine.Option;

/** Where an officer's key is: in a file, or on a card with a PKCS#11 library of its own. */
final class OfficerKeyOptions {
    private static final int MAX_BYTES = 1 << 20;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The officer's private key: PEM, with --certificate, or PKCS#12, with --password-file.")
    @Nullable
    Path key;

    @Option(names = "--certificate", paramLabel = "FILE", description = "The certificate of a key in PEM.")
    @Nullable
    Path certificate;

    @Option(names = "--card", paramLabel = "LIBRARY", description = "The PKCS#11 library of the officer's card.")
    @Nullable
    Path card;

    @Option(
            names = "--slot-index",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which slot of the library, counted from 0. Default: ${DEFAULT-VALUE}.")
    int slotIndex;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password of the PKCS#12 file, or the PIN of the card. It is tried once.")
    @Nullable
    Path password;

    OfficerKey open() {
        if (key != null && card == null && certificate != null && password == null) {
            return new OfficerKey(
                    KeyFile.read(key).privateKey(), KeyFile.read(certificate).certificates(), Optional.empty());
        }
        if (password != null && certificate == null && (key == null) != (card == null)) {
            return card == null ? ofFile(key, password) : ofCard(card, password);
        }
        throw new ConfigurationFault("expected --key FILE --certificate FILE of a key in PEM, --key FILE"
                + " --password-file FILE of PKCS#12, or --card LIBRARY --password-file FILE");
    }

    private static OfficerKey ofFile(@Nullable Path file, Path password) {
        try (InputStream content = new ByteArrayInputStream(InputFile.bytes(Objects.requireNonNull(file), MAX_BYTES))) {
            return of(KeyStore.getInstance("PKCS12"), content, password, Optional.empty());
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationFault(
                    file + ": expected PKCS#12 with a key and its certificate, under the password of " + password + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private OfficerKey ofCard(Path library, Path pin) {
        String settings = "--name=officer%nlibrary=%s%nslotListIndex=%d%n".formatted(library, slotIndex);
        try {
            Provider provider = Security.getProvider("SunPKCS11").configure(settings);
            return of(KeyStore.getInstance("PKCS11", provider), null, pin, Optional.of(provider));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new ConfigurationFault(
                    library + ": expected a card in slot " + slotIndex
                            + " with a key and its certificate, under the PIN of " + pin + ": "
                            + rootOf(e).getMessage(),
                    e);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    private static OfficerKey of(
            KeyStore store, @Nullable InputStream content, Path password, Optional<Provider> provider)
            throws GeneralSecurityException, IOException {
        try (SecretFile secret = SecretFile.open(password, SecretFile.Kind.PASSWORD)) {
            store.load(content, secret.chars());
            List<String> keys = Collections.list(store.aliases()).stream()
                    .filter(alias -> isKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                throw new GeneralSecurityException("expected one private key with a certificate, found " + keys.size());
            }
            Certificate[] chain = store.getCertificateChain(keys.getFirst());
            return new OfficerKey(
                    (PrivateKey) store.getKey(keys.getFirst(), secret.chars()),
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList(),
                    provider);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias) && store.getCertificateChain(alias) != null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a key store that was loaded", e);
        }
    }
}
