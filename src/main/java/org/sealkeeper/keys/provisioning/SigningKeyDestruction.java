package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.KeyStatus;
import org.sealkeeper.keys.KeyTransition;
import org.sealkeeper.keys.PendingKey;

/**
 * Destroys the private halves of versions that sign no more, and what was made of versions that were never finished. The public halves stay
 * published: what was signed stays valid.
 *
 * <p>May die at any moment: run again, it finishes what was begun.
 */
public final class SigningKeyDestruction {
    /** How long an appliance may still be signing with a version after it was deactivated. */
    static final Duration LAST_SIGNATURES = Duration.ofSeconds(10);

    /** What became of a version. */
    public enum Outcome {
        DESTROYED("destroyed"),
        /** What was never finished of it is gone; the rest of it stays. */
        ABANDONED("abandoned"),
        /** An earlier run had destroyed it. */
        UNCHANGED("unchanged");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** How commands call it. */
        public String text() {
            return text;
        }
    }

    private final Tokens tokens;
    private final KeyCatalogue catalogue;
    private final SigningKeyMaking making;
    private final InstantSource clock;
    private final ChangePermit permit;

    public SigningKeyDestruction(
            Tokens tokens, KeyCatalogue catalogue, SecureRandom random, InstantSource clock, ChangePermit permit) {
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.making = new SigningKeyMaking(tokens, catalogue, random, clock);
        this.clock = clock;
        this.permit = permit;
    }

    /**
     * What {@link #destroy} changes.
     *
     * @throws ConfigurationFault if there is no such version, or it may sign
     */
    public Change.DestroySigningKey destruction(KeyAlias alias, int version) {
        List<CataloguedKey> pairs = catalogue.keys(alias, version);
        if (!unfinished(alias, version).isEmpty()) {
            return new Change.DestroySigningKey(alias, version);
        }
        if (pairs.isEmpty()) {
            throw new ConfigurationFault("there is no key '" + alias + "' version " + version
                    + "; 'sealkeeper keys list' shows those there are");
        }
        for (CataloguedKey key : pairs) {
            if (key.state() != KeyState.DESTROYED
                    && key.state() != KeyState.DESTROYING
                    && !key.state().mayBecome(KeyState.DESTROYING)) {
                throw new ConfigurationFault(key.name() + " is " + key.state().text()
                        + ": expected it to be deactivated first; 'sealkeeper keys rotate' has another version sign");
            }
        }
        return new Change.DestroySigningKey(alias, version);
    }

    /**
     * Destroys a version, and proves that it is gone from the appliance's tokens. Pairs in others, which are lost, stay as they are: nothing proves
     * that they are gone.
     *
     * <p>Pairs of it that were never finished are abandoned instead, and the others, where there are some, stay as they are.
     *
     * @throws ConfigurationFault also if it signed until a moment ago, or is in lost tokens alone
     * @throws org.sealkeeper.hsm.HsmFault also if one of its tokens is not used now
     */
    public Outcome destroy(KeyAlias alias, int version) {
        Change.DestroySigningKey change = destruction(alias, version);
        List<PendingKey> unfinished = unfinished(alias, version);
        if (!unfinished.isEmpty()) {
            abandon(unfinished, change);
            return Outcome.ABANDONED;
        }
        List<CataloguedKey> pairs = catalogue.keys(alias, version);
        List<CataloguedKey> left =
                pairs.stream().filter(key -> key.state() != KeyState.DESTROYED).toList();
        List<CataloguedKey> here = left.stream()
                .filter(key -> tokens.find(key.token()).isPresent())
                .toList();
        if (here.isEmpty() && left.size() < pairs.size()) {
            return Outcome.UNCHANGED;
        }
        left.forEach(this::requireAtRest);
        if (here.isEmpty()) {
            throw new ConfigurationFault(left.getFirst().name() + " is left in the token '"
                    + left.getFirst().token() + "' alone, which is none of this appliance's: it cannot be destroyed");
        }
        List<Hsm> ready =
                tokens.requireUsed(here.stream().map(CataloguedKey::token).toList());
        Decision by = permit.require(change);
        List<CataloguedKey> begun = step(here, KeyState.DESTROYING, key -> Optional.empty());
        for (Hsm token : ready) {
            begun.stream()
                    .filter(key -> key.token().equals(token.label()))
                    .forEach(key -> token.signingKeyAdministration().destroy(key.ckaId()));
        }
        List<CataloguedKey> _ =
                step(begun, KeyState.DESTROYED, key -> Optional.of(leaf(key).decidedBy(by)));
        return Outcome.DESTROYED;
    }

    /** Those whose making was interrupted, or that a token cannot make. */
    private List<PendingKey> unfinished(KeyAlias alias, int version) {
        return catalogue.pending(alias).stream()
                .filter(key -> key.version() == version)
                .toList();
    }

    /** What was made of them goes, and their rows: the version was never one. */
    private void abandon(List<PendingKey> unfinished, Change.DestroySigningKey change) {
        List<Hsm> ready =
                tokens.requireUsed(unfinished.stream().map(PendingKey::token).toList());
        Decision by = permit.require(change);
        for (PendingKey key : unfinished) {
            ready.stream()
                    .filter(token -> token.label().equals(key.token()))
                    .forEach(token -> token.signingKeyAdministration().destroy(key.ckaId()));
            Leaf about = Leaf.ofCommand(
                            clock.instant(), Operation.DESTROY_KEY, new Subject.SecretKey(key.alias(), key.version()))
                    .decidedBy(by);
            catalogue.abandon(
                    key, tokens.recorded(key.token()).map(about::inside).orElse(about));
        }
    }

    private void requireAtRest(CataloguedKey key) {
        Instant rest = key.status().since().plus(LAST_SIGNATURES);
        if (key.state() == KeyState.DEACTIVATED && clock.instant().isBefore(rest)) {
            throw new ConfigurationFault(
                    key.name() + " signed until " + key.status().since()
                            + ", and an appliance may still be at it; run the command again after " + rest);
        }
    }

    private List<CataloguedKey> step(
            List<CataloguedKey> keys, KeyState to, Function<CataloguedKey, Optional<Leaf>> leaf) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<KeyTransition> transitions = keys.stream()
                .map(key -> new KeyTransition(
                        key, new KeyStatus(to, now, key.status().compromisedSince()), leaf.apply(key)))
                .toList();
        catalogue.change(transitions);
        return transitions.stream().map(KeyTransition::after).toList();
    }

    private Leaf leaf(CataloguedKey key) {
        return making.leaf(key, Operation.DESTROY_KEY, new Subject.Whole());
    }
}
