package org.sealkeeper.keys;

import java.util.List;
import java.util.function.Supplier;
import org.sealkeeper.audit.AuditKeys;
import org.sealkeeper.audit.NoteKey;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.verify.EcdsaSignature;

/** The keys of the token as signers of notes. */
public final class LogKeys {
    private LogKeys() {}

    /** Those of the audit log, as they are at each moment: every active key for audit signing signs its checkpoints. */
    public static AuditKeys of(KeyRing keys, Origin origin) {
        return new AuditKeys() {
            @Override
            public List<NoteKey> active() {
                return keys.signing(KeyPurpose.AUDIT_SIGNING).stream()
                        .map(key -> signer(keys, key, origin, algorithm(key)))
                        .toList();
            }

            @Override
            public List<VerifierKey> verifiers() {
                return LogKeys.verifiers(keys.keys(), origin);
            }
        };
    }

    /** The public keys of the audit log among these keys, those that sign no more included. */
    public static List<VerifierKey> verifiers(List<CataloguedKey> keys, Origin origin) {
        return keys.stream()
                .filter(key -> key.purpose() == KeyPurpose.AUDIT_SIGNING)
                .map(key -> VerifierKey.of(
                        origin, algorithm(key), key.verificationKey().spki()))
                .toList();
    }

    /** Those that cosign the logs of peers, as they are at each moment; none where no active key is for that. */
    public static Supplier<List<NoteKey>> cosigners(KeyRing keys, Origin name) {
        return () -> keys.signing(KeyPurpose.COSIGNING).stream()
                .map(key -> signer(keys, key, name, NoteAlgorithm.COSIGNATURE_V1))
                .toList();
    }

    private static NoteAlgorithm algorithm(CataloguedKey key) {
        return key.verificationKey().algorithm() == SigningAlgorithm.ES256
                ? NoteAlgorithm.ECDSA
                : NoteAlgorithm.ED25519;
    }

    private static NoteKey signer(KeyRing keys, CataloguedKey key, Origin name, NoteAlgorithm algorithm) {
        var verifier = VerifierKey.of(name, algorithm, key.verificationKey().spki());
        return new NoteKey(
                verifier,
                message -> keys.sign(key, key.purpose(), message)
                        .thenApply(signature -> algorithm == NoteAlgorithm.ECDSA ? der(signature) : signature));
    }

    private static byte[] der(byte[] signature) {
        return EcdsaSignature.ofP1363(SigningAlgorithm.ES256, signature)
                .orElseThrow()
                .der();
    }
}
