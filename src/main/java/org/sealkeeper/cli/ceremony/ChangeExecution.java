package org.sealkeeper.cli.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.ceremony.catalogue.Catalogue;
import org.sealkeeper.ceremony.catalogue.CatalogueImport;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.OfficerPins;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.ProvisionedKey;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.keys.provisioning.RewrapWindows;

/**
 * Makes changes, one after the other. Each may have been made before, or in part, by a run that was interrupted: then the rest of it is made.
 *
 * @param catalogue the one that is to be taken; present where a change asks for that
 * @param pins of the tokens' security officers, for the changes that need them
 */
record ChangeExecution(
        KeyAdministration administration, ChangeControl control, OfficerPins pins, Optional<Catalogue> catalogue) {

    /**
     * Makes a change.
     *
     * @return what became of it, in words
     */
    String make(Change change) {
        KeyAdministration allowed = administration.under(control);
        return switch (change) {
            case Change.CreateKey key -> asUser(allowed, tokens -> create(key, allowed.signingKeys(tokens)));
            case Change.CreateKeyEncryptionKey(var alias, var in) ->
                asUser(
                        allowed,
                        tokens -> text(allowed.keyEncryptionKeys(tokens)
                                .apply(new DeclaredKeyEncryptionKey(alias, in))
                                .outcome()));
            case Change.RotateKey rotation ->
                asUser(allowed, tokens -> rotate(rotation, allowed.keyEncryptionKeys(tokens)));
            case Change.DestroyKey destruction ->
                asUser(
                        allowed,
                        tokens -> allowed.keyEncryptionKeys(tokens).destroy(destruction)
                                ? "destroyed"
                                : "destroyed before");
            case Change.PrepareKey key ->
                asUser(
                        allowed,
                        tokens -> text(
                                "made", allowed.signingKeyPreparation(tokens).prepare(key)));
            case Change.ChangeKeyState state ->
                asUser(
                        allowed,
                        tokens -> text(
                                state.to().text(),
                                allowed.signingKeyStates(tokens).change(state)));
            case Change.CertifyKey certification ->
                asUser(
                        allowed,
                        tokens -> text(
                                "certified",
                                List.of(allowed.signingKeyCertificates(tokens).certify(certification))));
            case Change.DestroySigningKey(var alias, var version) ->
                asUser(
                        allowed,
                        tokens -> allowed.signingKeyDestruction(tokens)
                                .destroy(alias, version)
                                .text());
            case Change.EnrollRecipient enrollment -> enroll(enrollment, allowed);
            case Change.RetireRecipient(var name) ->
                asUser(allowed, tokens -> allowed.recipients().retire(name, tokens) ? "retired" : "retired before");
            case Change.OpenRewrapWindow window -> open(window, allowed);
            case Change.CloseRewrapWindow(var alias) ->
                asUser(allowed, tokens -> allowed.rewrapWindows().close(alias, tokens) ? "closed" : "closed before");
            case Change.ApprovePolicy policy -> allowed.approve(policy) ? "approved" : "approved before";
            case Change.ChangeOfficers officers -> {
                allowed.change(officers);
                yield "in force";
            }
            case Change.ForgetToken lost -> {
                allowed.forget(lost);
                yield "forgotten";
            }
            case Change.ImportCatalogue _ -> taken(allowed.catalogueImport().take(catalogue.orElseThrow()));
        };
    }

    private static String taken(List<CatalogueImport.Taken> taken) {
        return taken.isEmpty()
                ? "taken before"
                : "taken: "
                        + taken.stream().map(CatalogueImport.Taken::toString).collect(Collectors.joining("; "));
    }

    private static String asUser(KeyAdministration administration, Function<Tokens, String> work) {
        try (Tokens tokens = administration.tokens()) {
            return work.apply(tokens);
        }
    }

    private static String create(Change.CreateKey key, Provisioning provisioning) {
        var declared = new DeclaredKey(key.alias(), key.purpose(), key.algorithm(), key.tokens());
        return provisioning.tokensOf(declared).stream()
                .map(token -> provisioning.apply(declared, token))
                .map(made -> "%s in token %s, kid %s"
                        .formatted(
                                text(made.outcome()),
                                made.key().token(),
                                made.key().keyId()))
                .collect(Collectors.joining("; "));
    }

    private static String rotate(Change.RotateKey rotation, KeyEncryptionKeyProvisioning provisioning) {
        if (provisioning.isActive(rotation.alias(), rotation.version())) {
            return "made before";
        }
        var declared = new DeclaredKeyEncryptionKey(rotation.alias(), rotation.tokens());
        return text(provisioning.rotate(rotation.alias(), Optional.of(declared)).outcome());
    }

    private String enroll(Change.EnrollRecipient enrollment, KeyAdministration allowed) {
        Recipients recipients = allowed.recipients();
        try (var officers = allowed.officers(pins, recipients.tokens(allowed.labels()))) {
            return text(recipients
                    .enroll(enrollment.name(), enrollment.certificate(), officers.all())
                    .outcome());
        }
    }

    /** The users are logged out before the security officers come: a token lets one of the two into a process. */
    private String open(Change.OpenRewrapWindow window, KeyAdministration allowed) {
        RewrapWindows windows = allowed.rewrapWindows();
        List<TokenLabel> moving = windows.tokens(window.alias(), window.from(), window.to(), allowed.labels());
        pins.require(moving, allowed.labels());
        Optional<RewrapWindows.HalfOpen> opening;
        try (Tokens tokens = allowed.tokens()) {
            opening = windows.begin(window.alias(), window.from(), window.to(), tokens);
        }
        if (opening.isEmpty()) {
            return "opened before";
        }
        try (var officers = allowed.officers(pins, moving)) {
            windows.finish(opening.get(), officers.all());
        }
        return "opened";
    }

    private static String text(String done, List<CataloguedKey> pairs) {
        return pairs.stream()
                .map(key -> "%s in token %s, kid %s".formatted(done, key.token(), key.keyId()))
                .collect(Collectors.joining("; "));
    }

    private static String text(ProvisionedKey.Outcome outcome) {
        return outcome.text();
    }
}
