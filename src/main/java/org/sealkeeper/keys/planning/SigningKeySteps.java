package org.sealkeeper.keys.planning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.hsm.Hsm;
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

    Stream<PlannedStep> of(DeclaredKey declared) {
        return Stream.concat(
                provisioning.tokensOf(declared).stream().map(token -> step(declared, token)),
                catalogue.keys(declared.alias()).stream()
                        .filter(key -> declared.lifetime().isDestroyedAfter() && key.state() == KeyState.DEACTIVATED)
                        .map(SigningKeySteps::destruction));
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
        return new PlannedStep(Action.FINISH, PlannedNames.of(begun), in, INTERRUPTED + rotate(declared))
                .by(preparation.preparation(declared.alias(), Optional.empty()));
    }

    private PlannedStep known(DeclaredKey declared, CataloguedKey newest, List<TokenLabel> in) {
        Optional<String> ended = newest.state() == KeyState.ACTIVE
                ? ended(declared.lifetime(), newest.createdAt(), now)
                : Optional.empty();
        if (ended.isEmpty()) {
            return new PlannedStep(
                    Action.NOTHING, newest.name(), in, "it is " + newest.state().text());
        }
        Change.PrepareKey next = preparation.preparation(declared.alias(), Optional.empty());
        return new PlannedStep(Action.ROTATE, newest.name(), in, ended.get() + ": " + rotate(declared))
                .by(next, new Change.ChangeKeyState(next.alias(), next.version(), KeyState.ACTIVE, Optional.empty()));
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

    private static String rotate(DeclaredKey declared) {
        return "run 'sealkeeper keys rotate --alias " + declared.alias() + "'";
    }

    /** That the cryptoperiod of a version has ended. */
    static Optional<String> ended(Lifetime lifetime, Instant createdAt, Instant now) {
        return lifetime.end(createdAt).filter(now::isAfter).map(end -> "its cryptoperiod ended on " + end);
    }
}
