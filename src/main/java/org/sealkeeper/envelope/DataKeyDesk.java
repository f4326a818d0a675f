package org.sealkeeper.envelope;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.envelope.emergency.EmergencyAccess;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.keys.KeyEncryptionKeys;

/**
 * Takes every request about data keys. Its methods read the store, so they block for a moment; their stages fail only with a
 * {@link org.sealkeeper.kernel.Fault}.
 */
public final class DataKeyDesk {
    private final DataKeyMaker maker;
    private final DataKeyReleaser releaser;
    private final DataKeyRewrapper rewrapper;
    private final DataKeyMetrics metrics;

    public DataKeyDesk(
            Decisions decisions,
            Gate gate,
            KeyEncryptionKeys keys,
            AuditLog audit,
            EmergencyAccess emergencies,
            InstantSource clock,
            DataKeyMetrics metrics,
            IncompleteDataKeys incomplete) {
        var recorded = new RecordedUse(gate, audit, emergencies);
        this.maker = new DataKeyMaker(decisions, gate, keys, recorded, clock, incomplete);
        this.releaser = new DataKeyReleaser(decisions, gate, keys, recorded, clock);
        this.rewrapper = new DataKeyRewrapper(decisions, gate, keys, recorded, clock, incomplete);
        this.metrics = metrics;
    }

    CompletionStage<Answer> generate(Requester by, GenerateRequest request) {
        return metrics.counted("generate", maker.make(by, request));
    }

    CompletionStage<Answer> unwrap(Requester by, UnwrapRequest request) {
        return metrics.counted("unwrap", releaser.release(by, request));
    }

    CompletionStage<Answer> rewrap(Requester by, RewrapRequest request) {
        return metrics.counted("rewrap", rewrapper.rewrap(by, request));
    }
}
