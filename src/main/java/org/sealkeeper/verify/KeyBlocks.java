package org.sealkeeper.verify;

import static java.util.stream.Collectors.joining;
import static org.sealkeeper.verify.KeyBlock.CERTIFICATE;
import static org.sealkeeper.verify.KeyBlock.EC_PARAMETERS;
import static org.sealkeeper.verify.KeyBlock.EC_PRIVATE_KEY;
import static org.sealkeeper.verify.KeyBlock.ENCRYPTED_PRIVATE_KEY;
import static org.sealkeeper.verify.KeyBlock.PRIVATE_KEY;
import static org.sealkeeper.verify.KeyBlock.PUBLIC_KEY;
import static org.sealkeeper.verify.KeyBlock.REVOCATION_LIST;
import static org.sealkeeper.verify.KeyBlock.RSA_PRIVATE_KEY;
import static org.sealkeeper.verify.KeyBlock.RSA_PUBLIC_KEY;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * What a file of keys and certificates holds: PEM (RFC 7468, and the older forms of OpenSSL), with any text between its blocks, or one
 * DER value. The only reader of such files. Its messages never quote the file.
 */
public final class KeyBlocks {
    private static final byte DER_SEQUENCE = 0x30;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
    private static final Set<String> PRIVATE = Set.of(PRIVATE_KEY, EC_PRIVATE_KEY, RSA_PRIVATE_KEY);

    private final List<KeyBlock> blocks;

    private KeyBlocks(List<KeyBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * Reads a file, which may hold nothing.
     *
     * @throws IllegalArgumentException for a PEM block that is not complete, and text in UTF-16
     */
    public static KeyBlocks parse(byte[] file) {
        if (file.length > 0 && file[0] == DER_SEQUENCE) {
            try {
                return new KeyBlocks(List.of(KeyBlock.ofDer(file)));
            } catch (IOException | IllegalArgumentException e) {
                return new KeyBlocks(pem(file)); // also the digit 0
            }
        }
        return new KeyBlocks(pem(file));
    }

    /** PEM is ASCII; the text around its blocks may be anything, and is not looked at. */
    private static List<KeyBlock> pem(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
            throw new IllegalArgumentException("expected PEM in ASCII or UTF-8, found UTF-16; save it in UTF-8");
        }
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(BYTE_ORDER_MARK.length());
        }
        List<KeyBlock> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject found = reader.readPemObject(); found != null; found = reader.readPemObject()) {
                blocks.add(KeyBlock.of(found));
            }
        } catch (IOException | RuntimeException e) { // the library's own for wrong base64
            throw new IllegalArgumentException("expected complete PEM blocks", e);
        }
        return blocks;
    }

    /** What it holds, for a message. */
    public String words() {
        return blocks.isEmpty()
                ? "nothing that is PEM or DER"
                : blocks.stream().map(KeyBlock::label).collect(joining(", "));
    }

    /** Whether there is a private key, encrypted or not. */
    public boolean hasPrivateKey() {
        return blocks.stream()
                .anyMatch(block ->
                        PRIVATE.contains(block.label()) || block.label().equals(ENCRYPTED_PRIVATE_KEY));
    }

    /** Its certificates in DER, in order. */
    public List<byte[]> certificates() {
        return labelled(CERTIFICATE);
    }

    /** Its certificate revocation lists in DER, in order. */
    public List<byte[]> revocationLists() {
        return labelled(REVOCATION_LIST);
    }

    private List<byte[]> labelled(String label) {
        return blocks.stream()
                .filter(block -> block.label().equals(label))
                .map(KeyBlock::der)
                .toList();
    }

    /**
     * Its public keys, each a DER SubjectPublicKeyInfo, in order; of certificates, the keys they are about.
     *
     * @throws IllegalArgumentException if there is anything that is neither, above all a private key
     */
    public List<byte[]> publicKeys() {
        return blocks.stream()
                .filter(block -> !block.label().equals(EC_PARAMETERS))
                .map(KeyBlocks::publicKey)
                .toList();
    }

    private static byte[] publicKey(KeyBlock block) {
        try {
            return switch (block.label()) {
                case PUBLIC_KEY -> block.der();
                case RSA_PUBLIC_KEY ->
                    new SubjectPublicKeyInfo(rsa(), RSAPublicKey.getInstance(block.der())).getEncoded();
                case CERTIFICATE ->
                    new X509CertificateHolder(block.der())
                            .getSubjectPublicKeyInfo()
                            .getEncoded();
                default ->
                    throw new IllegalArgumentException("expected only public keys and certificates, found "
                            + block.label() + "; a private key never belongs in a file of trusted keys");
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a well-formed " + block.label(), e);
        }
    }

    /**
     * Its one private key as DER of PKCS#8 (RFC 5958), whatever form it has in the file.
     *
     * @throws IllegalArgumentException if there is none, more than one, an encrypted one, or one that is malformed
     */
    public byte[] privateKey() {
        if (!labelled(ENCRYPTED_PRIVATE_KEY).isEmpty()) {
            throw new IllegalArgumentException("expected an unencrypted private key, found an encrypted one;"
                    + " have 'openssl pkey' write it without a password, readable by its owner alone");
        }
        List<KeyBlock> keys =
                blocks.stream().filter(block -> PRIVATE.contains(block.label())).toList();
        if (keys.size() != 1) {
            throw new IllegalArgumentException(
                    "expected one private key in PEM or DER (PKCS#8, SEC 1 or PKCS#1), found "
                            + (keys.isEmpty() ? words() : String.valueOf(keys.size())));
        }
        try {
            return pkcs8(keys.getFirst()).getEncoded();
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "expected a well-formed " + keys.getFirst().label());
        }
    }

    private PrivateKeyInfo pkcs8(KeyBlock key) throws IOException {
        return switch (key.label()) {
            case RSA_PRIVATE_KEY -> new PrivateKeyInfo(rsa(), RSAPrivateKey.getInstance(key.der()));
            case EC_PRIVATE_KEY -> {
                var ec = ECPrivateKey.getInstance(key.der());
                yield new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve(ec)), ec);
            }
            default -> PrivateKeyInfo.getInstance(key.der());
        };
    }

    /** Named in the key, or in the parameters beside it (RFC 5915 section 3). */
    private ASN1Encodable curve(ECPrivateKey key) {
        ASN1Encodable named = key.getParametersObject();
        return named != null
                ? named
                : ASN1ObjectIdentifier.getInstance(labelled(EC_PARAMETERS).stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("a curve without a name")));
    }

    private static AlgorithmIdentifier rsa() {
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    }
}
