package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
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
 * <p>A token lets the user or the security officer into a process, not both: a window is opened in two steps, each in all tokens that
 * move data keys.
 */
public final class RewrapWindows {
    private final RewrapWindowTable table;
    private final KeyEncryptionKeys keys;
    private final SecureRandom random;
    private final InstantSource clock;
    private final ChangePermit permit;

    public RewrapWindows(Store store, SecureRandom random, InstantSource clock, ChangePermit permit) {
        this.permit = permit;
        this.table = new RewrapWindowTable(store);
        this.keys = new KeyEncryptionKeys(store);
        this.random = random;
        this.clock = clock;
    }

    /**
     * A window whose transit pairs lack the halves that security officers create.
     *
     * @param publicKeys that of the pair in each token
     * @param decision lets it be opened
     */
    public record HalfOpen(RewrapWindow window, Map<TokenLabel, RecipientKey> publicKeys, Decision decision) {
        public HalfOpen {
            publicKeys = Map.copyOf(publicKeys);
        }
    }

    /**
     * Of these tokens, those that move data keys from one version to the other.
     *
     * @throws ConfigurationFault if the versions are not as a window needs them, or none of these tokens moves data keys between them
     */
    public List<TokenLabel> tokens(KeyAlias alias, int from, int to, List<TokenLabel> ofAppliance) {
        requireVersions(alias, from, to);
        List<TokenLabel> moving = version(alias, from).tokensThatMoveTo(version(alias, to));
        List<TokenLabel> known = ofAppliance.stream().filter(moving::contains).toList();
        if (known.isEmpty()) {
            throw new ConfigurationFault("no token of this appliance can move data keys of '" + alias
                    + "' from version " + from + " to " + to
                    + "; rotate the key to tokens of both, move the data keys, and then to those you want");
        }
        return known;
    }

    /**
     * The first step, as the user: makes the transit pair in each token that moves data keys.
     *
     * @return empty if this window is open already
     * @throws ConfigurationFault if the versions are not as a window needs them, or another window of the key is open
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now
     */
    public Optional<HalfOpen> begin(KeyAlias alias, int from, int to, Tokens tokens) {
        List<TokenLabel> moving = tokens(alias, from, to, tokens.labels());
        Optional<RewrapWindowRow> known = table.current(alias);
        known.ifPresent(row -> refuseOther(row, from, to));
        if (known.map(RewrapWindowRow::state).equals(Optional.of(RewrapWindowRow.State.OPEN))) {
            return Optional.empty();
        }
        List<Hsm> ready = tokens.requireUsed(moving);
        Decision by = permit.require(new Change.OpenRewrapWindow(alias, from, to));
        RewrapWindow window = known.map(RewrapWindowRow::window).orElseGet(() -> intend(alias, from, to));
        return Optional.of(new HalfOpen(
                window, ready.stream().collect(Collectors.toMap(Hsm::label, token -> transitKey(window, token))), by));
    }

    private static RecipientKey transitKey(RewrapWindow window, Hsm token) {
        token.dataKeyAdministration().destroy(window.transit());
        token.inspection().destroyCutOff();
        return token.dataKeyAdministration().generateTransitKey(window.transit(), window.label());
    }

    /**
     * The second step, as the security officers: the tokens may now wrap data keys to their transit pairs.
     *
     * @param officers one of each token that moves data keys
     * @throws IllegalArgumentException if they are of others
     */
    public void finish(HalfOpen opening, List<SecurityOfficer> officers) {
        RewrapWindow window = opening.window();
        Map<TokenLabel, RecipientKey> publicKeys = opening.publicKeys();
        if (!officers.stream()
                .map(SecurityOfficer::token)
                .collect(Collectors.toSet())
                .equals(publicKeys.keySet())) {
            throw new IllegalArgumentException("expected the security officers of " + publicKeys.keySet());
        }
        officers.forEach(officer -> officer.trustTransit(
                window.transit(), window.label(), Objects.requireNonNull(publicKeys.get(officer.token()))));
        table.endOpening(window, clock.instant(), opening.decision());
    }

    /**
     * Ends re-wrapping at once, then destroys the transit pairs and proves that they are gone.
     *
     * @return false if no window of the key was open
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now
     */
    public boolean close(KeyAlias alias, Tokens tokens) {
        Optional<RewrapWindowRow> known = table.current(alias);
        known.map(RewrapWindowRow::window).ifPresent(window -> {
            Decision by = permit.require(new Change.CloseRewrapWindow(alias));
            Instant now = clock.instant();
            table.beginClosing(window, now);
            tokens.used().forEach(token -> token.dataKeyAdministration().destroy(window.transit()));
            List<Hsm> _ = tokens.requireUsed(version(alias, window.from()).tokens());
            table.endClosing(window, now, by);
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
        if (from == to
                || version(alias, from).state() == State.DESTROYED
                || version(alias, to).state() != State.ACTIVE) {
            throw new ConfigurationFault("expected a window from a version of '" + alias
                    + "' that is not destroyed to the active one, found from " + from + " to " + to
                    + "; 'sealkeeper keys list' shows their states");
        }
    }

    private KeyEncryptionKey version(KeyAlias alias, int version) {
        return keys.version(alias, version)
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
