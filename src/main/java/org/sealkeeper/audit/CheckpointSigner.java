package org.sealkeeper.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.Origin;

/** Signs checkpoints with every audit key of the tokens that are used. */
final class CheckpointSigner {
    private final AuditKeys keys;

    /**
     * Takes the audit keys.
     *
     * @throws ConfigurationFault if none of them signs with ECDSA, which every auditor can check
     */
    CheckpointSigner(Origin origin, AuditKeys keys) {
        if (keys.active().stream().noneMatch(key -> key.verifier().algorithm() == NoteAlgorithm.ECDSA)) {
            throw new ConfigurationFault("the audit log " + origin
                    + ": expected an active key with purpose audit-signing and algorithm ES256, found none; declare one in "
                    + "keys.yaml and run 'sealkeeper keys apply'");
        }
        this.keys = keys;
    }

    /**
     * Waits for the tokens. A key whose token is out of use signs nothing, if another key of its algorithm does.
     *
     * @throws org.sealkeeper.kernel.Fault of a token, where no key of one of the algorithms could sign
     */
    Note sign(Checkpoint checkpoint) {
        byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        List<Signing> signings = keys.active().stream()
                .map(key -> new Signing(key, key.sign().apply(text)))
                .toList();
        Map<NoteAlgorithm, Fault> failed = new EnumMap<>(NoteAlgorithm.class);
        Set<NoteAlgorithm> signed = EnumSet.noneOf(NoteAlgorithm.class);
        List<NoteSignature> lines = new ArrayList<>();
        for (Signing signing : signings) {
            try {
                lines.add(signing.await());
                signed.add(signing.algorithm());
            } catch (Fault fault) {
                failed.putIfAbsent(signing.algorithm(), fault);
            }
        }
        failed.keySet().removeAll(signed);
        failed.values().stream().findFirst().ifPresent(fault -> {
            throw fault;
        });
        return new Note(checkpoint.text(), lines);
    }

    /** A signature that was asked for. */
    private record Signing(NoteKey key, CompletionStage<byte[]> signature) {
        private NoteAlgorithm algorithm() {
            return key.verifier().algorithm();
        }

        private NoteSignature await() {
            return key.verifier().line(Completion.await(signature));
        }
    }
}
