package org.sealkeeper.keys.provisioning;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.EcdsaSignature;

/** BouncyCastle's view of a key that signs elsewhere. */
record TokenSigner(SigningAlgorithm algorithm, UnaryOperator<byte[]> signature, ByteArrayOutputStream content)
        implements ContentSigner {
    TokenSigner(SigningAlgorithm algorithm, UnaryOperator<byte[]> signature) {
        this(algorithm, signature, new ByteArrayOutputStream());
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new DefaultSignatureAlgorithmIdentifierFinder()
                .find(
                        switch (algorithm) {
                            case ES256 -> "SHA256WITHECDSA";
                            case ES384 -> "SHA384WITHECDSA";
                            case PS256 -> "SHA256WITHRSAANDMGF1";
                            case EDDSA -> "Ed25519";
                        });
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        byte[] made = signature.apply(content.toByteArray());
        return switch (algorithm) {
            case ES256, ES384 ->
                EcdsaSignature.ofP1363(algorithm, made).orElseThrow().der();
            case PS256, EDDSA -> made;
        };
    }
}
