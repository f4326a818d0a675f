package org.sealkeeper.keys.provisioning;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyState;

/**
 * The certificates of keys that sign: asks an authority for one, and puts what it issued in the place of the one before, under the same key.
 *
 * <p>May die at any moment: the token comes first, then the catalogue; run again, it makes both the same.
 */
public final class SigningKeyCertificates {
    private final Tokens tokens;
    private final KeyCatalogue catalogue;
    private final SigningKeyMaking making;
    private final ChangePermit permit;

    public SigningKeyCertificates(
            Tokens tokens, KeyCatalogue catalogue, SecureRandom random, InstantSource clock, ChangePermit permit) {
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.making = new SigningKeyMaking(tokens, catalogue, random, clock);
        this.permit = permit;
    }

    /**
     * A request for a certificate (PKCS#10, RFC 2986), which the key signs to prove that it is there.
     *
     * @param version empty for the newest one
     * @param token in which the pair is; empty where the version has one pair
     * @param subject of the certificate; empty for that of the present one
     * @return DER
     * @throws ConfigurationFault if there is no such pair, several of them, or it is destroyed
     */
    public byte[] request(
            KeyAlias alias, Optional<Integer> version, Optional<TokenLabel> token, Optional<X500Principal> subject) {
        CataloguedKey key = only(alias, version, token);
        Hsm in = tokens.requireUsed(List.of(key.token())).getFirst();
        var name = X500Name.getInstance(
                subject.orElse(key.certificate().getSubjectX500Principal()).getEncoded());
        var builder = new PKCS10CertificationRequestBuilder(
                name, SubjectPublicKeyInfo.getInstance(key.verificationKey().spki()));
        var signer = new TokenSigner(
                key.verificationKey().algorithm(),
                content -> Completion.await(in.signatures().sign(key.ckaId(), key.verificationKey(), content)));
        try {
            return builder.build(signer).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a certificate request just made cannot be encoded", e);
        }
    }

    private CataloguedKey only(KeyAlias alias, Optional<Integer> version, Optional<TokenLabel> token) {
        List<CataloguedKey> all = catalogue.keys(alias);
        int wanted = version.orElseGet(() -> all.isEmpty() ? 0 : all.getLast().version());
        List<CataloguedKey> pairs = all.stream()
                .filter(key -> key.version() == wanted && key.token().equals(token.orElse(key.token())))
                .toList();
        if (pairs.size() != 1) {
            throw new ConfigurationFault(
                    "expected one pair of key '" + alias + "' version " + wanted + ", found " + pairs.size()
                            + "; 'sealkeeper keys list' shows those there are, and --token names one of several");
        }
        requireThere(pairs.getFirst());
        return pairs.getFirst();
    }

    private static void requireThere(CataloguedKey key) {
        if (key.state() == KeyState.DESTROYED || key.state() == KeyState.DESTROYING) {
            throw new ConfigurationFault(key.name() + " is " + key.state().text());
        }
    }

    /**
     * What {@link #certify} changes.
     *
     * @param chain the key's own certificate first, each issued by the next
     * @throws ConfigurationFault if no key of the catalogue is certified by the first of them
     */
    public Change.CertifyKey certification(List<X509Certificate> chain) {
        CataloguedKey key = certified(chain);
        requireThere(key);
        return new Change.CertifyKey(key.alias(), key.version(), chain);
    }

    private CataloguedKey certified(List<X509Certificate> chain) {
        byte[] spki = chain.getFirst().getPublicKey().getEncoded();
        return catalogue.keys().stream()
                .filter(key -> Arrays.equals(key.verificationKey().spki(), spki))
                .findFirst()
                .orElseThrow(() -> new ConfigurationFault(
                        "expected a certificate of a key of the catalogue, found one of another key: '"
                                + chain.getFirst().getSubjectX500Principal()
                                + "'; 'sealkeeper keys csr' makes a request for one"));
    }

    /**
     * Puts the certificates in the place of those before.
     *
     * @return the pair with them
     * @throws org.sealkeeper.hsm.HsmFault also if its token is not used now
     */
    public CataloguedKey certify(Change.CertifyKey change) {
        CataloguedKey key = certified(change.chain());
        if (!key.chain().equals(change.chain())) {
            Change.CertifyKey now = certification(change.chain());
            Hsm token = tokens.requireUsed(List.of(key.token())).getFirst();
            Decision by = permit.require(now);
            token.signingKeyAdministration()
                    .replace(key.ckaId(), key.label(), change.chain().getFirst());
            catalogue.certify(
                    key,
                    change.chain(),
                    making.leaf(key, Operation.IMPORT_CERTIFICATE, new Subject.Whole())
                            .decidedBy(by));
        }
        return certified(change.chain());
    }
}
