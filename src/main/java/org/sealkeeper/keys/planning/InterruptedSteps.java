package org.sealkeeper.keys.planning;

import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.RecipientRow;
import org.sealkeeper.keys.RewrapWindowRow;
import org.sealkeeper.keys.planning.PlannedStep.Action;

/** What other commands began and did not finish. */
record InterruptedSteps(KeyCatalogue catalogue, KnownRows rows, List<TokenLabel> tokens) {
    List<PlannedStep> all() {
        return Stream.of(
                        catalogue.keys().stream().flatMap(InterruptedSteps::step),
                        rows.keyEncryptionKeys().stream().flatMap(this::step),
                        rows.recipients().stream().flatMap(this::step),
                        rows.windows().stream().flatMap(this::step))
                .flatMap(steps -> steps)
                .toList();
    }

    private static Stream<PlannedStep> step(CataloguedKey key) {
        return key.state() == KeyState.DESTROYING
                ? again(key.name(), List.of(key.token()), "keys destroy-version")
                : Stream.empty();
    }

    private Stream<PlannedStep> step(KeyEncryptionKeyRow row) {
        return row.state() == KeyEncryptionKeyRow.State.DESTROYING
                ? again(PlannedNames.of(row), row.tokens(), "keys destroy-version")
                : Stream.empty();
    }

    private Stream<PlannedStep> step(RecipientRow row) {
        return switch (row.state()) {
            case ENROLLING -> again(PlannedNames.of(row), tokens, "recipients enroll");
            case RETIRING -> again(PlannedNames.of(row), tokens, "recipients retire");
            case ENROLLED, RETIRED -> Stream.empty();
        };
    }

    private Stream<PlannedStep> step(RewrapWindowRow row) {
        return switch (row.state()) {
            case OPENING -> again(PlannedNames.of(row), tokens, "rewrap-window open");
            case CLOSING -> again(PlannedNames.of(row), tokens, "rewrap-window close");
            case OPEN, CLOSED -> Stream.empty();
        };
    }

    private static Stream<PlannedStep> again(String name, List<TokenLabel> tokens, String command) {
        return Stream.of(new PlannedStep(
                Action.FINISH, name, tokens, "it was interrupted: run 'sealkeeper " + command + "' again"));
    }
}
