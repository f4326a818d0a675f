package org.sealkeeper.keys.planning;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.KeyEncryptionKeyRow.State;
import org.sealkeeper.keys.planning.PlannedStep.Action;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.KeysFile;

/** What is to be done about each key that is declared, and about those that are not declared any more. */
final class DeclaredSteps {
    private static final String APPLY = SigningKeySteps.APPLY;
    private static final String INTERRUPTED = SigningKeySteps.INTERRUPTED;
    private static final String STAYS =
            "it is not declared any more: it stays and works as before, nothing is destroyed";

    private final KeyCatalogue catalogue;
    private final KnownRows rows;
    private final SigningKeySteps signing;
    private final KeyEncryptionKeyProvisioning keyEncryption;
    private final Instant now;

    DeclaredSteps(
            KeyCatalogue catalogue,
            KnownRows rows,
            SigningKeySteps signing,
            KeyEncryptionKeyProvisioning keyEncryption,
            Instant now) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.signing = signing;
        this.keyEncryption = keyEncryption;
        this.now = now;
    }

    List<PlannedStep> of(KeysFile declared) {
        return Stream.of(
                        declared.keys().stream().flatMap(signing::of),
                        declared.keyEncryptionKeys().stream().map(this::step),
                        undeclared(declared.aliases()))
                .flatMap(steps -> steps)
                .toList();
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
        if (declared.lifetime()
                .version()
                .filter(version -> version < row.version())
                .isPresent()) {
            return new PlannedStep(
                    Action.KEEP,
                    PlannedNames.of(row),
                    wanted,
                    SigningKeySteps.earlier(declared.lifetime().version().get(), row.version()));
        }
        Optional<String> why = whyRotated(declared, row, wanted);
        return why.isEmpty()
                ? new PlannedStep(Action.NOTHING, PlannedNames.of(row), wanted, "it is active")
                : new PlannedStep(Action.ROTATE, PlannedNames.of(row), wanted, why.get() + ": " + rotate)
                        .by(new Change.RotateKey(declared.alias(), row.version() + 1, wanted));
    }

    private Optional<String> whyRotated(
            DeclaredKeyEncryptionKey declared, KeyEncryptionKeyRow row, List<TokenLabel> wanted) {
        if (!Set.copyOf(row.tokens()).equals(Set.copyOf(wanted))) {
            return Optional.of("it is in " + named(row.tokens()));
        }
        int version = declared.lifetime().version().orElse(row.version());
        if (version > row.version() + 1) {
            throw new ConfigurationFault("key-encryption key '" + declared.alias() + "': expected a version of at most "
                    + (row.version() + 1) + " in its declaration, found " + version);
        }
        return version > row.version()
                ? Optional.of("version " + version + " is declared")
                : SigningKeySteps.ended(declared.lifetime(), row.createdAt(), now);
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
                                        PlannedNames.of(key),
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
}
