package org.sealkeeper.appliance;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.sealkeeper.background.BackgroundLoop;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.kernel.Fault;
import org.sealkeeper.keys.PublishedKeys;
import org.sealkeeper.ledger.signing.ClaimFinisher;
import org.sealkeeper.rollback.RollCall;
import org.sealkeeper.rollback.StartConfirmation;

/** What an appliance does once a second where it shares its database with others: it shows itself to them, and looks for their keys. */
@Singleton
final class SharedDatabase {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Optional<RollCall> rollCall;
    private final PublishedKeys keys;
    private final StartConfirmation confirmation;
    private final ClaimFinisher claims;
    private final BackgroundLoop loop;
    private boolean claimsAreLeft = true;

    SharedDatabase(
            Optional<RollCall> rollCall,
            PublishedKeys keys,
            StartConfirmation confirmation,
            ClaimFinisher claims,
            BackgroundLoops loops) {
        this.rollCall = rollCall;
        this.keys = keys;
        this.confirmation = confirmation;
        this.claims = claims;
        this.loop =
                loops.loop("shared-database", LOOK, this::look, "the database's other appliances were not looked at");
    }

    /** Before anything is signed: the others must know a new key before they show what it signed. */
    void begin() {
        if (rollCall.isPresent()) {
            boolean isNew = keys.publish();
            loop.start();
            if (isNew) {
                LockSupport.parkNanos(LOOK.multipliedBy(2).toNanos());
            }
        } else {
            claims.finish();
        }
    }

    private void look() {
        try {
            rollCall.ifPresent(RollCall::show);
            keys.refresh();
        } catch (Fault away) {
            return; // readiness and every caller are told; a longer pause would hold up the others once it is back
        }
        if (claimsAreLeft && confirmation.awaited().isEmpty()) {
            claimsAreLeft = false;
            claims.finish();
        }
    }

    void close() {
        loop.close();
    }
}
