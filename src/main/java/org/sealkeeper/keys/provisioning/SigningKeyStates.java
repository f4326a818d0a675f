package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeySelfTest;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.KeyStatus;
import org.sealkeeper.keys.KeyTransition;

/** Brings versions of keys that sign from one state into another (NIST SP 800-57 part 1, section 7). An appliance takes it within seconds. */
public final class SigningKeyStates {
    private final Tokens tokens;
    private final KeyCatalogue catalogue;
    private final SigningKeyMaking making;
    private final InstantSource clock;
    private final ChangePermit permit;

    public SigningKeyStates(
            Tokens tokens, KeyCatalogue catalogue, SecureRandom random, InstantSource clock, ChangePermit permit) {
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.making = new SigningKeyMaking(tokens, catalogue, random, clock);
        this.clock = clock;
        this.permit = permit;
    }

    /**
     * Brings all pairs of a version into a state. Where a key signs blocks, the version that is active before another becomes so is deactivated in
     * the same moment: a block has one signature.
     *
     * @return the version's pairs afterwards; unchanged if they were in that state
     * @throws ConfigurationFault if that state may not follow, or nothing would sign the audit log any more
     * @throws org.sealkeeper.hsm.HsmFault also if a token that is to sign is not used now
     */
    public List<CataloguedKey> change(Change.ChangeKeyState change) {
        List<CataloguedKey> pairs = require(change);
        List<CataloguedKey> open =
                pairs.stream().filter(key -> !isDone(change, key.status())).toList();
        if (!open.isEmpty()) {
            if (change.to() == KeyState.ACTIVE) {
                open.forEach(this::prove);
            }
            Decision by = permit.require(change);
            List<KeyTransition> transitions = new ArrayList<>();
            if (change.to() == KeyState.ACTIVE && open.getFirst().purpose() == KeyPurpose.BLOCK_SIGNING) {
                othersActive(open.getFirst())
                        .forEach(key -> transitions.add(step(key, KeyState.DEACTIVATED, Optional.empty(), by)));
            }
            open.forEach(key -> transitions.add(step(key, change.to(), change.compromisedSince(), by)));
            catalogue.change(transitions);
        }
        return catalogue.keys(change.alias(), change.version());
    }

    /** What the version's pairs are, where the change may be made. */
    private List<CataloguedKey> require(Change.ChangeKeyState change) {
        List<CataloguedKey> pairs = requireVersion(change.alias(), change.version());
        for (CataloguedKey key : pairs) {
            if (!isDone(change, key.status()) && !mayFollow(change, key.status())) {
                throw new ConfigurationFault(key.name() + " is " + key.state().text() + " in the token '" + key.token()
                        + "': it cannot become " + change.to().text());
            }
        }
        change.compromisedSince().ifPresent(since -> requireInLife(pairs.getFirst(), since));
        boolean isResumed = pairs.stream().anyMatch(key -> key.state() == KeyState.SUSPENDED);
        if (change.to() == KeyState.ACTIVE
                && isResumed
                && !othersActive(pairs.getFirst()).isEmpty()) {
            throw new ConfigurationFault(pairs.getFirst().name() + " is suspended, and "
                    + othersActive(pairs.getFirst()).getFirst().name()
                    + " signs in its place; a key that signs blocks has one active version");
        }
        if (change.to() != KeyState.ACTIVE) {
            requireAuditKeyWithout(pairs);
        }
        return pairs;
    }

    /** What is destroyed may be found to have been compromised before, and what is compromised to have been so earlier. */
    private static boolean mayFollow(Change.ChangeKeyState change, KeyStatus status) {
        return status.state().mayBecome(change.to())
                || change.compromisedSince()
                        .filter(since -> isGone(status.state()) || status.state() == KeyState.COMPROMISED)
                        .filter(since ->
                                since.isBefore(status.compromisedSince().orElse(Instant.MAX)))
                        .isPresent();
    }

    private static boolean isGone(KeyState state) {
        return state == KeyState.DESTROYING || state == KeyState.DESTROYED;
    }

    private static boolean isDone(Change.ChangeKeyState change, KeyStatus status) {
        return change.to() == KeyState.COMPROMISED
                ? status.compromisedSince().equals(change.compromisedSince())
                : status.state() == change.to();
    }

    private void requireInLife(CataloguedKey key, Instant since) {
        if (since.isBefore(key.createdAt()) || since.isAfter(clock.instant())) {
            throw new ConfigurationFault("expected a time since when " + key.name() + " is compromised from "
                    + key.createdAt() + ", when it was made, to now; found " + since);
        }
    }

    /** An audit log without a key of this kind is signed by none that every auditor can check. */
    private void requireAuditKeyWithout(List<CataloguedKey> pairs) {
        boolean isOne = pairs.stream().anyMatch(SigningKeyStates::signsForEveryAuditor);
        boolean isAnother = catalogue.keys().stream()
                .filter(SigningKeyStates::signsForEveryAuditor)
                .anyMatch(key -> pairs.stream().noneMatch(pair -> pair.keyId().equals(key.keyId())));
        if (isOne && !isAnother) {
            throw new ConfigurationFault(
                    pairs.getFirst().name() + " is the last active key that signs the audit log with"
                            + " ES256; run 'sealkeeper keys rotate --alias "
                            + pairs.getFirst().alias() + "' first");
        }
    }

    private static boolean signsForEveryAuditor(CataloguedKey key) {
        return key.state() == KeyState.ACTIVE
                && key.purpose() == KeyPurpose.AUDIT_SIGNING
                && key.verificationKey().algorithm() == SigningAlgorithm.ES256;
    }

    private List<CataloguedKey> othersActive(CataloguedKey than) {
        return than.purpose() != KeyPurpose.BLOCK_SIGNING
                ? List.of()
                : catalogue.keys(than.alias()).stream()
                        .filter(key -> key.state() == KeyState.ACTIVE && key.version() != than.version())
                        .toList();
    }

    private void prove(CataloguedKey key) {
        Hsm token = tokens.requireUsed(List.of(key.token())).getFirst();
        new KeySelfTest(token).pass(key);
    }

    /** What is destroyed stays so, and is known to be compromised from then on. */
    private KeyTransition step(CataloguedKey key, KeyState to, Optional<Instant> compromisedSince, Decision by) {
        Leaf leaf = making.leaf(key, Operation.CHANGE_KEY_STATE, new Subject.KeyState(to.text(), compromisedSince))
                .decidedBy(by);
        KeyState next = to == KeyState.COMPROMISED && isGone(key.state()) ? key.state() : to;
        return new KeyTransition(
                key,
                new KeyStatus(next, now(), compromisedSince.or(key.status()::compromisedSince)),
                Optional.of(leaf));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private List<CataloguedKey> requireVersion(KeyAlias alias, int version) {
        List<CataloguedKey> pairs = catalogue.keys(alias, version);
        boolean isBeingMade = catalogue.pending(alias).stream().anyMatch(key -> key.version() == version);
        if (pairs.isEmpty() || isBeingMade) {
            throw new ConfigurationFault(
                    isBeingMade
                            ? "the making of key '" + alias + "' version " + version
                                    + " was interrupted; run 'sealkeeper keys rotate' or 'sealkeeper keys apply' again"
                            : "there is no key '" + alias + "' version " + version
                                    + "; 'sealkeeper keys list' shows those there are");
        }
        return pairs;
    }
}
