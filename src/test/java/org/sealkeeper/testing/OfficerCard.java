package org.sealkeeper.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;

/** Puts the key of a PKCS#12 file on a card, as the office that hands out cards does. */
public final class OfficerCard {
    private OfficerCard() {}

    /** SoftHSM stands for the card's library. */
    public static Path library() {
        return FreshSoftHsm.installed();
    }

    /**
     * Puts it there.
     *
     * @param arguments the card's PKCS#11 library, the file of its PIN, the PKCS#12 file, and the file of its password
     */
    public static void main(String... arguments) throws Exception {
        char[] pin = secret(arguments[1]);
        char[] password = secret(arguments[3]);
        KeyStore file = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(Path.of(arguments[2]))) {
            file.load(content, password);
        }
        var provider = Security.getProvider("SunPKCS11")
                .configure("--name=card\nlibrary=%s\nslotListIndex=0\n".formatted(arguments[0]));
        KeyStore card = KeyStore.getInstance("PKCS11", provider);
        card.load(null, pin);
        String alias = file.aliases().nextElement();
        card.setKeyEntry("officer", file.getKey(alias, password), null, file.getCertificateChain(alias));
    }

    private static char[] secret(String file) throws IOException {
        return Files.readString(Path.of(file)).strip().toCharArray();
    }
}
