package org.sealkeeper.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Those of the audit log: every active key for audit signing signs its checkpoints. */
    public static AuditKeys of(KeyRing keys, Origin origin) {
        List<NoteKey> active = new ArrayList<>();
        List<VerifierKey> verifiers = new ArrayList<>();
        for (CataloguedKey key : keys.keys()) {
            if (key.purpose() == KeyPurpose.AUDIT_SIGNING) {
                NoteKey signer = signer(keys, key, origin, algorithm(key));
                verifiers.add(signer.verifier());
                if (key.state() == KeyState.ACTIVE) {
                    active.add(signer);
                }
            }
        }
        return new AuditKeys(active, verifiers);
    }

    /** The one that cosigns the logs of peers; empty where no active key is for that. */
    public static Optional<NoteKey> cosigner(KeyRing keys, Origin name) {
        return keys.keys().stream()
                .filter(key -> key.purpose() == KeyPurpose.COSIGNING && key.state() == KeyState.ACTIVE)
                .findFirst()
                .map(key -> signer(keys, key, name, NoteAlgorithm.COSIGNATURE_V1));
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
