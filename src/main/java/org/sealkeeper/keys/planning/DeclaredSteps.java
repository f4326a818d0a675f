package org.sealkeeper.keys.planning;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.KeyEncryptionKeyRow.State;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.keys.planning.PlannedStep.Action;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Provisioning;

/** What is to be done about each key that is declared, and about those that are not declared any more. */
final class DeclaredSteps {
    private static final String APPLY = "run 'sealkeeper keys apply'";
    private static final String INTERRUPTED = "its making was interrupted: ";
    private static final String STAYS =
            "it is not declared any more: it stays and works as before, nothing is destroyed";

    private final KeyCatalogue catalogue;
    private final KnownRows rows;
    private final Provisioning signing;
    private final KeyEncryptionKeyProvisioning keyEncryption;

    DeclaredSteps(
            KeyCatalogue catalogue, KnownRows rows, Provisioning signing, KeyEncryptionKeyProvisioning keyEncryption) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.signing = signing;
        this.keyEncryption = keyEncryption;
    }

    List<PlannedStep> of(KeysFile declared) {
        return Stream.of(
                        declared.keys().stream()
                                .flatMap(key -> signing.tokensOf(key).stream().map(token -> step(key, token))),
                        declared.keyEncryptionKeys().stream().map(this::step),
                        undeclared(declared.aliases()))
                .flatMap(steps -> steps)
                .toList();
    }

    private PlannedStep step(DeclaredKey declared, Hsm token) {
        List<TokenLabel> in = List.of(token.label());
        Optional<CataloguedKey> known = catalogue.newest(declared.alias(), token.label());
        if (known.isPresent()) {
            CataloguedKey key = known.get();
            return new PlannedStep(
                    Action.NOTHING, key.name(), in, "it is " + key.state().text());
        }
        Optional<PendingKey> begun = catalogue.pending(declared.alias(), token.label());
        PlannedStep step = begun.isPresent()
                ? new PlannedStep(Action.FINISH, name(begun.get()), in, INTERRUPTED + APPLY)
                : new PlannedStep(
                        Action.CREATE,
                        "key '" + declared.alias() + "'",
                        in,
                        declared.purpose().text() + " with "
                                + declared.algorithm().joseName() + ": " + APPLY);
        return step.by(signing.creation(declared));
    }

    private PlannedStep step(DeclaredKeyEncryptionKey declared) {
        List<TokenLabel> wanted = keyEncryption.tokensOf(declared);
        Optional<KeyEncryptionKeyRow> active = versions(declared.alias())
                .filter(row -> row.state() == State.ACTIVE)
                .findFirst();
        Optional<KeyEncryptionKeyRow> begun = versions(declared.alias())
                .filter(row -> row.state() == State.PRE_ACTIVE)
                .findFirst();
        String rotate = "run 'sealkeeper keys rotate --alias " + declared.alias() + " -f FILE'";
        if (begun.isPresent()) {
            return new PlannedStep(
                            Action.FINISH,
                            PlannedNames.of(begun.get()),
                            wanted,
                            INTERRUPTED + (active.isPresent() ? rotate : APPLY))
                    .by(
                            active.isPresent()
                                    ? new Change.RotateKey(
                                            declared.alias(), begun.get().version(), wanted)
                                    : new Change.CreateKeyEncryptionKey(declared.alias(), wanted));
        }
        if (active.isEmpty()) {
            return new PlannedStep(Action.CREATE, "key-encryption key '" + declared.alias() + "'", wanted, APPLY)
                    .by(new Change.CreateKeyEncryptionKey(declared.alias(), wanted));
        }
        KeyEncryptionKeyRow row = active.get();
        return Set.copyOf(row.tokens()).equals(Set.copyOf(wanted))
                ? new PlannedStep(Action.NOTHING, PlannedNames.of(row), wanted, "it is active")
                : new PlannedStep(
                                Action.ROTATE,
                                PlannedNames.of(row),
                                wanted,
                                "it is in " + named(row.tokens()) + ": " + rotate)
                        .by(new Change.RotateKey(declared.alias(), row.version() + 1, wanted));
    }

    private static String named(List<TokenLabel> tokens) {
        return tokens.stream().map(TokenLabel::value).collect(Collectors.joining(", "));
    }

    private Stream<KeyEncryptionKeyRow> versions(KeyAlias alias) {
        return rows.keyEncryptionKeys().stream().filter(row -> row.alias().equals(alias));
    }

    private Stream<PlannedStep> undeclared(Set<KeyAlias> declared) {
        return Stream.of(
                        catalogue.keys().stream()
                                .filter(key -> !declared.contains(key.alias()))
                                .map(key -> new PlannedStep(Action.KEEP, key.name(), List.of(key.token()), STAYS)),
                        catalogue.pending().stream()
                                .filter(key -> !declared.contains(key.alias()))
                                .map(key -> new PlannedStep(
                                        Action.FINISH,
                                        name(key),
                                        List.of(key.token()),
                                        INTERRUPTED + "declare it again, and " + APPLY)),
                        rows.keyEncryptionKeys().stream()
                                .filter(row -> !declared.contains(row.alias()))
                                .flatMap(DeclaredSteps::undeclared))
                .flatMap(steps -> steps)
                .sorted(Comparator.comparing(PlannedStep::name));
    }

    private static Stream<PlannedStep> undeclared(KeyEncryptionKeyRow row) {
        String name = PlannedNames.of(row);
        return switch (row.state()) {
            case ACTIVE, DEACTIVATED -> Stream.of(new PlannedStep(Action.KEEP, name, row.tokens(), STAYS));
            case PRE_ACTIVE ->
                Stream.of(new PlannedStep(
                        Action.FINISH, name, row.tokens(), INTERRUPTED + "declare it again, and " + APPLY));
            case DESTROYING, DESTROYED -> Stream.empty();
        };
    }

    private static String name(PendingKey key) {
        return "key '" + key.alias() + "' version " + key.version();
    }
}
