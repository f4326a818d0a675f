package org.sealkeeper.verify;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;

/** One part of a file of keys and certificates. */
final class KeyBlock {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String REVOCATION_LIST = "X509 CRL";
    static final String PUBLIC_KEY = "PUBLIC KEY";
    static final String RSA_PUBLIC_KEY = "RSA PUBLIC KEY";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String EC_PRIVATE_KEY = "EC PRIVATE KEY";
    static final String RSA_PRIVATE_KEY = "RSA PRIVATE KEY";
    static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
    static final String EC_PARAMETERS = "EC PARAMETERS";
    private static final String UNKNOWN = "unknown";

    private final String label;
    private final byte[] der;

    private KeyBlock(String label, byte[] der) {
        this.label = label;
        this.der = der;
    }

    /** What it is, in the words of RFC 7468 and OpenSSL, such as {@code EC PRIVATE KEY}; of DER, what its form says. */
    String label() {
        return label;
    }

    byte[] der() {
        return der.clone();
    }

    /** Of PEM; OpenSSL's old form says in a header that it is encrypted (RFC 1421 section 4.6.1.1). */
    static KeyBlock of(PemObject found) {
        List<?> headers = found.getHeaders();
        boolean isEncrypted = headers.stream()
                .anyMatch(header ->
                        header instanceof PemHeader line && line.getValue().contains("ENCRYPTED"));
        return new KeyBlock(
                isEncrypted ? ENCRYPTED_PRIVATE_KEY : found.getType().replaceFirst("^X509 CERTIFICATE$", CERTIFICATE),
                found.getContent());
    }

    /**
     * Of one DER value; its kind shows in its form.
     *
     * @throws IOException if it is no DER, or more than one value
     */
    static KeyBlock ofDer(byte[] der) throws IOException {
        return new KeyBlock(
                ASN1Primitive.fromByteArray(der) instanceof ASN1Sequence sequence ? label(sequence) : UNKNOWN, der);
    }

    private static String label(ASN1Sequence sequence) {
        return switch (form(sequence)) {
            case "iso", "isot", "isott" -> PRIVATE_KEY; // RFC 5958 section 2
            case "iot", "iott", "io" -> EC_PRIVATE_KEY; // RFC 5915 section 3
            case "iiiiiiiii" -> RSA_PRIVATE_KEY; // RFC 8017 appendix A.1.2
            case "ii" -> RSA_PUBLIC_KEY; // RFC 8017 appendix A.1.1
            case "so" -> ENCRYPTED_PRIVATE_KEY; // RFC 5958 section 3
            case "sb" -> PUBLIC_KEY; // RFC 5280 section 4.1
            case "ssb" -> signed(form(ASN1Sequence.getInstance(sequence.getObjectAt(0))));
            case "is", "iss" -> "PKCS12"; // RFC 7292 section 4
            case "pt" -> "PKCS7"; // RFC 5652 section 3
            default -> UNKNOWN;
        };
    }

    /** RFC 5280 sections 4.1 and 5.1: a certificate has a version tag, or six parts after none; a list has a time fourth at the latest. */
    private static String signed(String form) {
        if (form.startsWith("tissss") || form.startsWith("isssss")) {
            return CERTIFICATE;
        }
        return form.startsWith("issu") || form.startsWith("ssu") ? REVOCATION_LIST : UNKNOWN;
    }

    /** One letter for the type of each element. */
    private static String form(ASN1Sequence sequence) {
        var letters = new StringBuilder();
        for (ASN1Encodable element : sequence) {
            letters.append(
                    switch (element.toASN1Primitive()) {
                        case ASN1Integer _ -> 'i';
                        case ASN1Sequence _ -> 's';
                        case ASN1OctetString _ -> 'o';
                        case ASN1BitString _ -> 'b';
                        case ASN1TaggedObject _ -> 't';
                        case ASN1UTCTime _, ASN1GeneralizedTime _ -> 'u';
                        case ASN1ObjectIdentifier _ -> 'p';
                        default -> '?';
                    });
        }
        return letters.toString();
    }
}
