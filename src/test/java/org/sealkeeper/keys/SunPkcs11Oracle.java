package org.sealkeeper.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * The JDK's own PKCS#11, in a process of its own: lists the keys it sees in a token, judges a signature with the token, and
 * makes one. Arguments: library, slot, PIN file, key label, JCA algorithm, message, signature (hexadecimal).
 */
public final class SunPkcs11Oracle {
    private SunPkcs11Oracle() {}

    public static void main(String[] arguments) throws Exception {
        List<String> a = Arrays.asList(arguments);
        Provider provider = Security.getProvider("SunPKCS11")
                .configure("--name = Oracle\nlibrary = " + a.get(0) + "\nslot = " + a.get(1) + "\n");
        KeyStore keys = KeyStore.getInstance("PKCS11", provider);
        keys.load(null, Files.readString(Path.of(a.get(2))).toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate(a.get(3));
        byte[] message = a.get(5).getBytes(UTF_8);

        System.out.println(new TreeSet<>(Collections.list(keys.aliases())));
        Signature judge = signature(provider, a.get(4));
        judge.initVerify(certificate.getPublicKey());
        judge.update(message);
        System.out.println(judge.verify(HexFormat.of().parseHex(a.get(6))));
        Signature signer = signature(provider, a.get(4));
        signer.initSign((PrivateKey) keys.getKey(a.get(3), null));
        signer.update(message);
        System.out.println(HexFormat.of().formatHex(signer.sign()));
    }

    private static Signature signature(Provider provider, String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        if (algorithm.endsWith("RSASSA-PSS")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        return signature;
    }
}
