package org.sealkeeper.keys.planning;

import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.DeclaredObjects;
import org.sealkeeper.hsm.DeclaredObjects.KeyEncryption;
import org.sealkeeper.hsm.DeclaredObjects.Leftovers;
import org.sealkeeper.hsm.DeclaredObjects.SigningPair;
import org.sealkeeper.hsm.DeclaredObjects.TransitPair;
import org.sealkeeper.hsm.DeclaredObjects.TrustedRecipient;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.KeyEncryptionKeyRow;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.RecipientRow;
import org.sealkeeper.keys.RewrapWindow;
import org.sealkeeper.keys.RewrapWindowRow;

/** The objects that a token is to have of all that the store knows. */
final class KnownObjects {
    private final KeyCatalogue catalogue;
    private final KnownRows rows;
    private final List<TokenLabel> trusting;

    /** @param trusting the tokens that must trust every recipient */
    KnownObjects(KeyCatalogue catalogue, KnownRows rows, List<TokenLabel> trusting) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.trusting = List.copyOf(trusting);
    }

    List<DeclaredObjects> of(TokenLabel token) {
        return Stream.of(
                        catalogue.keys().stream()
                                .filter(key -> key.token().equals(token))
                                .map(KnownObjects::signing),
                        catalogue.pending().stream().map(KnownObjects::begun),
                        rows.keyEncryptionKeys().stream().flatMap(row -> keyEncryption(row, token)),
                        rows.recipients().stream().map(row -> recipient(row, token)),
                        rows.windows().stream().flatMap(row -> window(row, token)))
                .flatMap(objects -> objects)
                .toList();
    }

    private static DeclaredObjects signing(CataloguedKey key) {
        return key.state() == KeyState.DESTROYED || key.state() == KeyState.DESTROYING
                ? leftovers(key.name() + ", which is " + key.state().text(), key.ckaId())
                : new SigningPair(key.name(), key.ckaId(), key.label(), key.verificationKey(), key.certificate());
    }

    private static DeclaredObjects begun(PendingKey key) {
        return leftovers("key '" + key.alias() + "' version " + key.version() + ", which is pre-active", key.ckaId());
    }

    private static Stream<DeclaredObjects> keyEncryption(KeyEncryptionKeyRow row, TokenLabel token) {
        String name = PlannedNames.of(row);
        return switch (row.state()) {
            case ACTIVE, DEACTIVATED -> {
                KeyEncryptionKey key = row.in(KeyEncryptionKey.State.ACTIVE);
                yield key.tokens().contains(token)
                        ? Stream.of(new KeyEncryption(name, key.ckaId(), key.label(), key.isInSeveralTokens()))
                        : Stream.empty();
            }
            case PRE_ACTIVE, DESTROYING, DESTROYED ->
                Stream.of(leftovers(name + ", which is " + PlannedNames.state(row.state()), row.ckaId()));
        };
    }

    private DeclaredObjects recipient(RecipientRow row, TokenLabel token) {
        Recipient recipient = row.recipient();
        String name = PlannedNames.of(row);
        return row.state() == RecipientRow.State.ENROLLED
                ? new TrustedRecipient(name, recipient.key(), recipient.label(), trusting.contains(token))
                : new Leftovers(
                        name + ", which is " + PlannedNames.state(row.state()),
                        recipient.key().toString());
    }

    private Stream<DeclaredObjects> window(RewrapWindowRow row, TokenLabel token) {
        RewrapWindow window = row.window();
        String name = PlannedNames.of(row);
        if (row.state() != RewrapWindowRow.State.OPEN) {
            return Stream.of(leftovers(name + ", which is " + PlannedNames.state(row.state()), window.transit()));
        }
        boolean moves = version(window.alias(), window.from())
                .tokensThatMoveTo(version(window.alias(), window.to()))
                .contains(token);
        return moves ? Stream.of(new TransitPair(name, window.transit(), window.label())) : Stream.empty();
    }

    private KeyEncryptionKey version(KeyAlias alias, int version) {
        return rows.keyEncryptionKeys().stream()
                .filter(row -> row.alias().equals(alias) && row.version() == version)
                .map(row -> row.in(KeyEncryptionKey.State.ACTIVE))
                .findFirst()
                .orElseThrow();
    }

    private static Leftovers leftovers(String name, CkaId id) {
        return new Leftovers(name, id.hex());
    }
}
