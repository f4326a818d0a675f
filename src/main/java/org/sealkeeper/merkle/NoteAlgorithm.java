package org.sealkeeper.merkle;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a note can be signed: the signature types of C2SP signed-note that Sealkeeper knows. */
public enum NoteAlgorithm {
    /** Ed25519 over the text (RFC 8032); the public key is 32 bytes. */
    ED25519(0x01, false),
    /** ECDSA with SHA-256 over the text, in DER; the public key is a DER SubjectPublicKeyInfo on P-256. */
    ECDSA(0x02, false),
    /** A witness's Ed25519 over the text and the time it saw it (C2SP tlog-cosignature, cosignature/v1). */
    COSIGNATURE_V1(0x04, true),
    /** ML-DSA-44 (FIPS 204) over the tree and the time (C2SP tlog-cosignature, subtree/v1); the public key is 1,312 bytes. */
    ML_DSA_44(0x06, true);

    private final byte type;
    private final boolean timed;

    NoteAlgorithm(int type, boolean timed) {
        this.type = (byte) type;
        this.timed = timed;
    }

    byte type() {
        return type;
    }

    /** Whether a signature begins with the time it was made at, as those of witnesses do. */
    public boolean isTimed() {
        return timed;
    }

    static Optional<NoteAlgorithm> of(byte type) {
        for (NoteAlgorithm algorithm : values()) {
            if (algorithm.type == type) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The types known here, for a message. */
    static String known() {
        return Arrays.stream(values()).map(known -> Byte.toString(known.type)).collect(Collectors.joining(", "));
    }
}
