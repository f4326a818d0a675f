package org.sealkeeper.cli.devpki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.PemFiles;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.config.SecretFile;
import org.sealkeeper.files.WholeFile;

/**
 * What clients import into a browser: {@code NAME.p12}, PKCS#12 (RFC 7292) with the client's key, its certificate and the authority's,
 * under the random password in {@code NAME.password}. Key and certificates are encrypted by PBES2 with AES-256, and the whole has a
 * MAC with SHA-256: these are the JDK's defaults, and OpenSSL 3 and NSS read them.
 */
record BrowserFiles(PemFiles files, SecureRandom random) {
    private static final String CA = "ca";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** 24 characters of 62 are 142 bits. */
    private static final int PASSWORD_LENGTH = 24;

    private static final int MAX_BYTES = 1 << 20;

    /** The files of one client. */
    record Entry(String name, Path file, Path password, boolean issuedNow) {}

    /**
     * Completes the files of these clients, whose certificates and keys are in the folder.
     *
     * @throws ConfigurationFault if a PKCS#12 file does not open with the password beside it
     */
    List<Entry> complete(Collection<String> names) {
        return names.stream().distinct().map(this::provide).toList();
    }

    private Entry provide(String name) {
        boolean isKept = Files.exists(file(name)) && Files.exists(password(name)) && isCurrent(name);
        if (!isKept) {
            make(name);
        }
        return new Entry(name, file(name), password(name), !isKept);
    }

    /** The password first, and one that is there already is used: a crash in between leaves no file that cannot be opened. */
    private void make(String name) {
        if (!Files.exists(password(name))) {
            writePassword(password(name));
        }
        try (var password = SecretFile.open(password(name), SecretFile.Kind.PASSWORD)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(name, files.readKey(name), password.chars(), chain(name));
            var content = new ByteArrayOutputStream();
            store.store(content, password.chars());
            WholeFile.write(file(name), content::writeTo);
        } catch (IOException e) {
            throw FileFailure.unwritable(file(name), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make PKCS#12", e);
        }
    }

    private void writePassword(Path file) {
        byte[] password = new byte[PASSWORD_LENGTH];
        for (int i = 0; i < password.length; i++) {
            password[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        try {
            WholeFile.write(file, out -> out.write(password));
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** Whether the file holds the certificate that the client has now: one issued anew has another key. */
    private boolean isCurrent(String name) {
        try (var password = SecretFile.open(password(name), SecretFile.Kind.PASSWORD)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(InputFile.bytes(file(name), MAX_BYTES)), password.chars());
            return Arrays.equals(store.getCertificateChain(name), chain(name));
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationFault(
                    file(name) + ": expected PKCS#12 under the password of " + password(name) + ": " + e.getMessage()
                            + "; remove both, and run this again",
                    e);
        }
    }

    private Certificate[] chain(String name) {
        return new Certificate[] {files.readCertificate(name), files.readCertificate(CA)};
    }

    private Path file(String name) {
        return files.folder().resolve(name + ".p12");
    }

    private Path password(String name) {
        return files.folder().resolve(name + ".password");
    }
}
