package org.sealkeeper.appliance;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.envelope.emergency.EmergencyNotice;
import org.sealkeeper.hsm.state.TokenChange;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.store.Store;
import org.sealkeeper.store.WritingStopped;

/** Tells people at once of what must not wait for a review: in the log, in the metrics, and by the webhook where there is one. */
@Singleton
final class Alarms {
    private static final System.Logger LOG = System.getLogger(Alarms.class.getName());

    private final Store store;
    private final InstantSource clock;
    private final Optional<Webhook> webhook;

    Alarms(ApplianceFile settings, Store store, InstantSource clock, MeterRegistry registry, BackgroundLoops loops) {
        this.store = store;
        this.clock = clock;
        this.webhook = settings.alerts()
                .webhook()
                .map(address ->
                        new Webhook(address, OutgoingTls.client(settings.tls().clientAuthorities()), loops));
        var _ = registry.gauge(
                "sealkeeper.signing.stopped",
                store,
                watched -> watched.whyStopped().isPresent() ? 1 : 0);
    }

    /** From the start on, when signing may have been stopped already because the store is not what the token remembers. */
    void watch() {
        store.whyStopped().ifPresentOrElse(this::signingStopped, () -> store.whenStopped(this::signingStopped));
    }

    private void signingStopped(WritingStopped stopped) {
        LOG.log(System.Logger.Level.ERROR, String.valueOf(stopped.getMessage()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "signing-stopped");
        body.put("reason", stopped.reason().code());
        body.put("at", clock.instant().toString());
        tell(new Webhook.Notice("the end of signing, " + stopped.reason().code(), body));
    }

    void emergency(EmergencyNotice notice) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "emergency-access");
        body.put("caller", notice.caller());
        body.put("key", notice.key());
        body.put("purpose", notice.purpose());
        body.put("at", notice.at().toString());
        body.put("until", notice.until().toString());
        body.put("auditIndex", notice.leaf());
        tell(new Webhook.Notice("the emergency access of leaf " + notice.leaf(), body));
    }

    /** A token is out of use, or ready again after it was. */
    void token(TokenLabel token, TokenChange change) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "token-" + change.to().text());
        body.put("token", token.value());
        body.put("epoch", change.epoch());
        body.put("reason", change.reason());
        body.put("at", clock.instant().toString());
        tell(new Webhook.Notice(
                "the token " + token + ", which is " + change.to().text(), body));
    }

    private void tell(Webhook.Notice notice) {
        webhook.ifPresent(hook -> hook.tell(notice));
    }
}
