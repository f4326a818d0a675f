package org.sealkeeper.cli.signature;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.HexText;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.PublicKeySet;
import org.sealkeeper.verify.SignatureEncoding;
import org.sealkeeper.verify.VerificationKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A signature over given bytes, without any JOSE around it. */
final class BareSignatureOptions {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "One public key: PEM, DER SubjectPublicKeyInfo, PEM certificate or JWK Set.")
    Path key;

    @Option(
            names = "--algorithm",
            required = true,
            paramLabel = "ALGORITHM",
            description = "ES256, ES384, PS256 or EdDSA; must be that of the key.")
    SigningAlgorithm algorithm;

    @Option(
            names = "--encoding",
            required = true,
            paramLabel = "ENCODING",
            description = "der (ECDSA as openssl writes it) or p1363 (r||s as in JWS; Ed25519 and PSS as they are).")
    SignatureEncoding encoding;

    @ArgGroup(multiplicity = "1")
    Message message;

    @ArgGroup(multiplicity = "1")
    SignatureBytes signature;

    /** The signed bytes, before any digest. */
    static final class Message {
        private static final int MAX_BYTES = 64 << 20;

        @Option(names = "--message", paramLabel = "FILE", description = "The signed bytes, exactly as they are.")
        @Nullable
        Path file;

        @Option(names = "--message-hex", paramLabel = "HEX", description = "The signed bytes in hexadecimal.")
        @Nullable
        HexText hex;

        byte[] bytes() {
            return file == null ? requireNonNull(hex).bytes() : InputFile.bytes(file, MAX_BYTES);
        }
    }

    /** The signature in its encoding. */
    static final class SignatureBytes {
        private static final int MAX_BYTES = 16_384;

        @Option(names = "--signature", paramLabel = "FILE", description = "The signature's bytes, exactly as they are.")
        @Nullable
        Path file;

        @Option(names = "--signature-hex", paramLabel = "HEX", description = "The signature in hexadecimal.")
        @Nullable
        HexText hex;

        byte[] bytes() {
            return file == null ? requireNonNull(hex).bytes() : InputFile.bytes(file, MAX_BYTES);
        }
    }

    SignatureResult judge(boolean isAnyKid) {
        PublicKeySet set = InputFile.keys(key, isAnyKid);
        VerificationKey trusted = onlyKey(set);
        byte[] signed = message.bytes();
        boolean valid = trusted.verifies(signed, jwsForm(trusted));
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("algorithm", algorithm.joseName());
        details.put("keyId", trusted.keyId());
        SignatureResult.name(set, trusted.keyId()).ifPresent(name -> details.put("kid", name));
        String text = "%s signature of key %s: %s"
                .formatted(
                        algorithm.joseName(), SignatureResult.key(set, trusted.keyId()), valid ? "valid" : "invalid");
        return new SignatureResult(valid, text, details);
    }

    /** What is no signature at all is a mistake of the caller, and no proof of a forgery. */
    private byte[] jwsForm(VerificationKey trusted) {
        byte[] bytes = signature.bytes();
        Optional<byte[]> jws;
        try {
            jws = encoding.toJws(algorithm, bytes);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("--encoding der: " + e.getMessage() + ", expected p1363", e);
        }
        int length = length(trusted);
        return jws.filter(found -> found.length == length)
                .orElseThrow(() -> new ConfigurationFault("expected a signature of " + algorithm.joseName()
                        + " in the encoding "
                        + (encoding == SignatureEncoding.DER ? "der" : "p1363, which has " + length + " bytes")
                        + ", found " + bytes.length + " bytes that are none; no signature was judged"));
    }

    /** Of a signature in JWS form (RFC 7518 section 3, RFC 8037 section 3.1). */
    private static int length(VerificationKey trusted) {
        return switch (trusted.algorithm()) {
            case ES256, EDDSA -> 64;
            case ES384 -> 96;
            case PS256 -> (((RSAPublicKey) trusted.publicKey()).getModulus().bitLength() + 7) / Byte.SIZE;
        };
    }

    private VerificationKey onlyKey(PublicKeySet set) {
        List<VerificationKey> keys = set.keys();
        if (keys.size() != 1) {
            throw new ConfigurationFault(key + ": expected exactly one public key, found " + keys.size());
        }
        VerificationKey only = keys.getFirst();
        if (only.algorithm() != algorithm) {
            throw new ConfigurationFault(key + ": expected a key for " + algorithm.joseName() + ", found one for "
                    + only.algorithm().joseName());
        }
        return only;
    }
}
