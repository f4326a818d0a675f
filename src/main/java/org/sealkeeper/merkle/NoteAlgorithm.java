package org.sealkeeper.merkle;

import java.util.Optional;

/** How a note can be signed: the signature types of C2SP signed-note that Sealkeeper knows. */
public enum NoteAlgorithm {
    /** Ed25519 over the text (RFC 8032); the public key is 32 bytes. */
    ED25519(0x01),
    /** ECDSA with SHA-256 over the text, in DER; the public key is a DER SubjectPublicKeyInfo on P-256. */
    ECDSA(0x02),
    /** A witness's Ed25519 over the text and the time it saw it (C2SP tlog-cosignature, cosignature/v1). */
    COSIGNATURE_V1(0x04);

    private final byte type;

    NoteAlgorithm(int type) {
        this.type = (byte) type;
    }

    byte type() {
        return type;
    }

    static Optional<NoteAlgorithm> of(byte type) {
        for (NoteAlgorithm algorithm : values()) {
            if (algorithm.type == type) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
