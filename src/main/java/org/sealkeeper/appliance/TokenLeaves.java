package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.kernel.FaultKind;
import org.sealkeeper.kernel.TokenLabel;

/** Records each change of a token's state. The log needs the store for that, and the token only to show it to auditors. */
@Singleton
final class TokenLeaves {
    private static final System.Logger LOG = System.getLogger(TokenLeaves.class.getName());

    private final AuditLog audit;
    private final InstantSource clock;

    TokenLeaves(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Does not wait. */
    void append(TokenState state, Optional<TokenLabel> token) {
        if (audit.whyClosed().isPresent()) {
            return;
        }
        var _ = audit.append(leaf(state, token)).whenComplete((index, failure) -> {
            if (failure != null && !isOnlyNotRemembered(failure)) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "that the token is {0} is not recorded: {1}",
                        state.text(),
                        failure.getMessage());
            }
        });
    }

    /** The store has it then; it is shown once the token remembers it. */
    private static boolean isOnlyNotRemembered(Throwable failure) {
        return Completion.causeOf(failure) instanceof Fault fault && fault.kind() == FaultKind.HSM_UNAVAILABLE;
    }

    private Leaf leaf(TokenState state, Optional<TokenLabel> token) {
        Leaf change = Leaf.ofAppliance(clock.instant(), Operation.CHANGE_TOKEN_STATE, new Subject.Whole());
        Leaf changed = token.map(change::inside).orElse(change);
        return state == TokenState.READY
                ? changed
                : changed.ending(
                        Outcome.FAILED, Optional.of(new Reason("token-" + state.text())), OptionalLong.empty());
    }
}
