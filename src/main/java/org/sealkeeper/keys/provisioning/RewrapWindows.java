package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKey.State;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.keys.RewrapWindowRow;
import org.sealkeeper.keys.StoredRow;
import org.sealkeeper.store.Store;

/**
 * Opens and closes rewrap windows. May die at any moment: the row comes first, and the same command run again finishes what
 * was begun.
 *
 * <p>A token lets the user or the security officer into a process, not both: a window is opened in two steps.
 */
public final class RewrapWindows {
    private final RewrapWindowTable table;
    private final KeyEncryptionKeys keys;
    private final SecureRandom random;
    private final InstantSource clock;

    /** Needs the {@link ProvisioningLock}: two at once would destroy what the other is making. */
    public RewrapWindows(Store store, SecureRandom random, InstantSource clock, ProvisioningLock held) {
        held.requireHeld();
        this.table = new RewrapWindowTable(store);
        this.keys = new KeyEncryptionKeys(store);
        this.random = random;
        this.clock = clock;
    }

    /** A window whose transit pair lacks the half that the security officer creates. */
    public record HalfOpen(RewrapWindow window, RecipientKey publicKey) {}

    /**
     * The first step, as the user: makes the transit pair.
     *
     * @return empty if this window is open already
     * @throws ConfigurationFault if the versions are not as a window needs them, or another window of the key is open
     */
    public Optional<HalfOpen> begin(KeyAlias alias, int from, int to, Hsm hsm) {
        requireVersions(alias, from, to);
        Optional<RewrapWindowRow> known = table.current(alias);
        known.ifPresent(row -> refuseOther(row, from, to));
        if (known.map(RewrapWindowRow::state).equals(Optional.of(RewrapWindowRow.State.OPEN))) {
            return Optional.empty();
        }
        RewrapWindow window = known.map(RewrapWindowRow::window).orElseGet(() -> intend(alias, from, to));
        hsm.dataKeyAdministration().destroy(window.transit());
        RecipientKey publicKey = hsm.dataKeyAdministration().generateTransitKey(window.transit(), window.label());
        return Optional.of(new HalfOpen(window, publicKey));
    }

    /** The second step, as the security officer: the token may now wrap data keys to the transit pair. */
    public void finish(HalfOpen opening, SecurityOfficer officer) {
        RewrapWindow window = opening.window();
        officer.trustTransit(window.transit(), window.label(), opening.publicKey());
        table.endOpening(window, clock.instant());
    }

    /**
     * Ends re-wrapping at once, then destroys the transit pair and proves that it is gone.
     *
     * @return false if no window of the key was open
     */
    public boolean close(KeyAlias alias, Hsm hsm) {
        Optional<RewrapWindowRow> known = table.current(alias);
        known.map(RewrapWindowRow::window).ifPresent(window -> {
            Instant now = clock.instant();
            table.beginClosing(window, now);
            hsm.dataKeyAdministration().destroy(window.transit());
            table.endClosing(window, now);
        });
        return known.isPresent();
    }

    private RewrapWindow intend(KeyAlias alias, int from, int to) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var window = new RewrapWindow(alias, from, to, CkaId.random(random), now, Optional.empty());
        table.begin(window);
        return window;
    }

    private void requireVersions(KeyAlias alias, int from, int to) {
        if (from == to || state(alias, from) == State.DESTROYED || state(alias, to) != State.ACTIVE) {
            throw new ConfigurationFault("expected a window from a version of '" + alias
                    + "' that is not destroyed to the active one, found from " + from + " to " + to
                    + "; 'sealkeeper keys list' shows their states");
        }
    }

    private State state(KeyAlias alias, int version) {
        return keys.version(alias, version)
                .map(KeyEncryptionKey::state)
                .orElseThrow(() -> new ConfigurationFault("there is no key-encryption key '" + alias + "' version "
                        + version + "; 'sealkeeper keys list' shows those there are"));
    }

    private static void refuseOther(RewrapWindowRow known, int from, int to) {
        RewrapWindow window = known.window();
        if (known.state() == RewrapWindowRow.State.CLOSING || window.from() != from || window.to() != to) {
            throw new ConfigurationFault("a rewrap window of '" + window.alias() + "' from version " + window.from()
                    + " to " + window.to() + " is " + StoredRow.text(known.state())
                    + "; run 'sealkeeper rewrap-window close' first");
        }
    }
}
