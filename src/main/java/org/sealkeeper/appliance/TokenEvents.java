package org.sealkeeper.appliance;

import java.time.Duration;
import java.util.Optional;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.TokenObserver;
import org.sealkeeper.hsm.state.TokenChange;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.kernel.TokenLabel;

/**
 * Makes known what happens to a token: in the log, in the metrics, in the audit log, and from an outage on by the webhook.
 *
 * @param recorded its label, where the audit log is to name it
 */
record TokenEvents(
        TokenLabel token, Optional<TokenLabel> recorded, TokenMetrics metrics, TokenLeaves leaves, Alarms alarms)
        implements TokenObserver {
    private static final System.Logger LOG = System.getLogger(TokenEvents.class.getName());

    @Override
    public void changed(TokenChange change) {
        LOG.log(
                change.to().isUsed() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                "the token {0} is {1} (epoch {2}; before: {3}): {4}",
                token,
                change.to().text(),
                Integer.toString(change.epoch()),
                change.from().text(),
                change.reason());
        metrics.changed(change.to());
        leaves.append(change.to(), recorded);
        if (isOutage(change.to()) || (change.to() == TokenState.READY && change.from() != TokenState.SUSPECT)) {
            alarms.token(token, change);
        }
    }

    private static boolean isOutage(TokenState state) {
        return state == TokenState.DOWN || state.waitsForOperator();
    }

    @Override
    public void failed(HsmFault fault) {
        metrics.failed(fault);
    }

    @Override
    public void worked(String pool, Duration time) {
        metrics.worked(pool, time);
    }
}
