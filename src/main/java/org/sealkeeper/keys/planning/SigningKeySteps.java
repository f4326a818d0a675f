package org.sealkeeper.keys.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.keys.planning.PlannedStep.Action;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.Lifetime;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.SigningKeyPreparation;

/** What is to be done about a declared key that signs. */
record SigningKeySteps(
        KeyCatalogue catalogue, Provisioning provisioning, SigningKeyPreparation preparation, Instant now) {
    static final String APPLY = "run 'sealkeeper keys apply'";
    static final String INTERRUPTED = "its making was interrupted: ";

    private static final Duration SOON = Duration.ofDays(30);

    Stream<PlannedStep> of(DeclaredKey declared) {
        List<CataloguedKey> pairs = catalogue.keys(declared.alias());
        return Stream.of(
                        provisioning.tokensOf(declared).stream().map(token -> step(declared, token)),
                        pairs.stream().filter(key -> signsBeside(key, declared)).map(SigningKeySteps::deactivation),
                        pairs.stream()
                                .filter(key -> wantsCertificate(key, declared))
                                .map(this::certification),
                        pairs.stream()
                                .filter(key ->
                                        declared.lifetime().isDestroyedAfter() && key.state() == KeyState.DEACTIVATED)
                                .map(SigningKeySteps::destruction))
                .flatMap(steps -> steps);
    }

    /** An earlier version that signs once the declared one does. */
    private boolean signsBeside(CataloguedKey key, DeclaredKey declared) {
        return key.state() == KeyState.ACTIVE
                && declared.lifetime()
                        .version()
                        .filter(wanted -> key.version() < wanted)
                        .isPresent()
                && catalogue
                        .newest(declared.alias(), key.token())
                        .filter(newest -> declared.lifetime().version().equals(Optional.of(newest.version()))
                                && newest.state() == KeyState.ACTIVE)
                        .isPresent();
    }

    private boolean wantsCertificate(CataloguedKey key, DeclaredKey declared) {
        return declared.isIssued()
                && key.state() == KeyState.ACTIVE
                && (!key.isCertified()
                        || key.certificate().getNotAfter().toInstant().isBefore(now.plus(SOON)));
    }

    private PlannedStep step(DeclaredKey declared, Hsm token) {
        List<TokenLabel> in = List.of(token.label());
        Optional<CataloguedKey> known = catalogue.newest(declared.alias(), token.label());
        Optional<PendingKey> begun = catalogue.pending(declared.alias()).stream()
                .filter(key -> key.token().equals(token.label()))
                .findFirst();
        if (known.isPresent()) {
            return begun.map(key -> interrupted(declared, key, in)).orElseGet(() -> known(declared, known.get(), in));
        }
        PlannedStep step = begun.isPresent()
                ? new PlannedStep(Action.FINISH, PlannedNames.of(begun.get()), in, INTERRUPTED + APPLY)
                : new PlannedStep(
                        Action.CREATE,
                        "key '" + declared.alias() + "'",
                        in,
                        declared.purpose().text() + " with "
                                + declared.algorithm().joseName() + ": " + APPLY);
        return step.by(provisioning.creation(declared));
    }

    private PlannedStep interrupted(DeclaredKey declared, PendingKey begun, List<TokenLabel> in) {
        return new PlannedStep(Action.FINISH, PlannedNames.of(begun), in, INTERRUPTED + rotate(declared.alias()))
                .by(preparation.preparation(declared.alias(), Optional.empty()));
    }

    private PlannedStep known(DeclaredKey declared, CataloguedKey newest, List<TokenLabel> in) {
        int wanted = declared.lifetime().version().orElse(newest.version());
        if (wanted > newest.version()) {
            return later(declared, newest, wanted, in);
        }
        if (wanted < newest.version()) {
            return new PlannedStep(Action.KEEP, newest.name(), in, earlier(wanted, newest.version()));
        }
        Optional<String> ended = newest.state() == KeyState.ACTIVE
                ? ended(declared.lifetime(), newest.createdAt(), now)
                : Optional.empty();
        return ended.isEmpty()
                ? new PlannedStep(
                        Action.NOTHING,
                        newest.name(),
                        in,
                        "it is " + newest.state().text())
                : rotation(preparation.preparation(declared.alias(), Optional.empty()), newest, in, ended.get());
    }

    /** A version that is declared and signs nothing yet: it is prepared, or the next to be made. */
    private PlannedStep later(DeclaredKey declared, CataloguedKey newest, int wanted, List<TokenLabel> in) {
        String why = "version " + wanted + " is declared";
        Optional<CataloguedKey> prepared = catalogue.keys(declared.alias(), wanted).stream()
                .filter(key -> key.token().equals(newest.token()) && key.state() == KeyState.PRE_ACTIVE)
                .findFirst();
        if (prepared.isPresent()) {
            return new PlannedStep(
                            Action.ACTIVATE,
                            prepared.get().name(),
                            in,
                            why + ": run 'sealkeeper keys change-state --alias " + declared.alias()
                                    + " --version-number " + wanted + " --to active'")
                    .by(activation(declared.alias(), wanted));
        }
        Change.PrepareKey next = preparation.preparation(declared.alias(), Optional.empty());
        if (next.version() != wanted) {
            throw new ConfigurationFault("key '" + declared.alias() + "': expected a version of at most "
                    + next.version() + " in its declaration, found " + wanted);
        }
        return rotation(next, newest, in, why);
    }

    private static PlannedStep rotation(Change.PrepareKey next, CataloguedKey newest, List<TokenLabel> in, String why) {
        return new PlannedStep(Action.ROTATE, newest.name(), in, why + ": " + rotate(next.alias()))
                .by(next, activation(next.alias(), next.version()));
    }

    private static Change activation(KeyAlias alias, int version) {
        return new Change.ChangeKeyState(alias, version, KeyState.ACTIVE, Optional.empty());
    }

    private static PlannedStep deactivation(CataloguedKey key) {
        return new PlannedStep(
                        Action.DEACTIVATE,
                        key.name(),
                        List.of(key.token()),
                        "a later version is declared, and signs: run 'sealkeeper keys change-state --alias "
                                + key.alias() + " --version-number " + key.version() + " --to deactivated'")
                .by(new Change.ChangeKeyState(key.alias(), key.version(), KeyState.DEACTIVATED, Optional.empty()));
    }

    private PlannedStep certification(CataloguedKey key) {
        return new PlannedStep(
                Action.CERTIFY,
                key.name(),
                List.of(key.token()),
                (key.isCertified()
                                ? "its certificate ends at "
                                        + key.certificate().getNotAfter().toInstant()
                                : "it has none of an authority")
                        + ": run 'sealkeeper keys csr --alias " + key.alias() + "', then 'keys import-certificate'");
    }

    private static PlannedStep destruction(CataloguedKey key) {
        return new PlannedStep(
                        Action.DESTROY,
                        key.name(),
                        List.of(key.token()),
                        "it signs no more: run 'sealkeeper keys destroy-version --alias " + key.alias()
                                + " --version-number " + key.version() + "'")
                .by(new Change.DestroySigningKey(key.alias(), key.version()));
    }

    private static String rotate(KeyAlias alias) {
        return "run 'sealkeeper keys rotate --alias " + alias + "'";
    }

    /** That a version is declared from before the one that is in use. */
    static String earlier(int declared, int used) {
        return "version " + declared + " is declared, an earlier one: nothing goes back; declare " + used;
    }

    /** That the cryptoperiod of a version has ended. */
    static Optional<String> ended(Lifetime lifetime, Instant createdAt, Instant now) {
        return lifetime.end(createdAt).filter(now::isAfter).map(end -> "its cryptoperiod ended on " + end);
    }
}
