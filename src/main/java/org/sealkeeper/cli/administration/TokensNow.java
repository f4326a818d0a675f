package org.sealkeeper.cli.administration;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sealkeeper.ceremony.Basis;
import org.sealkeeper.ceremony.TokenIdentity;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.planning.Drift;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.KeysFile;

/** What requests rest on, as it is at this moment. */
public record TokensNow(KeyAdministration administration) {
    /**
     * Looks at every object of every token, which it opens as their user and closes.
     *
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens cannot be reached
     */
    public Basis basis() {
        return new Basis(tokens(), administration.ceremonies().catalogue(), drift());
    }

    /** Which tokens they are. */
    public List<TokenIdentity> tokens() {
        return administration.labels().stream()
                .map(label -> TokenIdentity.of(label, administration.description(label)))
                .toList();
    }

    /** What in them is not as the store says, a sentence each. */
    public List<String> drift() {
        try (Tokens tokens = administration.tokens()) {
            return administration.plan(KeysFile.EMPTY, tokens).drift().stream()
                    .map(Drift::text)
                    .toList();
        }
    }

    /** What each token says of the objects of these changes, a sentence each. */
    public List<String> attributes(List<Change> changes) {
        Predicate<String> isOfThem = changes.stream()
                .flatMap(change -> labels(change).stream())
                .map(Pattern::asMatchPredicate)
                .reduce(Predicate::or)
                .orElse(_ -> false);
        try (Tokens tokens = administration.tokens()) {
            return tokens.used().stream()
                    .flatMap(token -> token.inspection().attributes(isOfThem).stream()
                            .map(text -> "token " + token.label() + ": " + text))
                    .toList();
        }
    }

    /** Of keys, every version: another one may have been changed, too. */
    private static Optional<Pattern> labels(Change change) {
        return switch (change) {
            case Change.CreateKey key -> Optional.of(ofKey(key.alias()));
            case Change.CreateKeyEncryptionKey key -> Optional.of(ofKey(key.alias()));
            case Change.RotateKey key -> Optional.of(ofKey(key.alias()));
            case Change.PrepareKey key -> Optional.of(ofKey(key.alias()));
            case Change.ChangeKeyState key -> Optional.of(ofKey(key.alias()));
            case Change.CertifyKey key -> Optional.of(ofKey(key.alias()));
            case Change.DestroySigningKey key -> Optional.of(ofKey(key.alias()));
            case Change.DestroyKey key -> Optional.of(ofKey(key.alias()));
            case Change.OpenRewrapWindow window -> Optional.of(ofKey(window.alias()));
            case Change.CloseRewrapWindow window -> Optional.of(ofKey(window.alias()));
            case Change.EnrollRecipient recipient -> Optional.of(ofRecipient(recipient.name()));
            case Change.RetireRecipient recipient -> Optional.of(ofRecipient(recipient.name()));
            case Change.ApprovePolicy _, Change.ChangeOfficers _, Change.ImportCatalogue _, Change.ForgetToken _ ->
                Optional.empty();
        };
    }

    private static Pattern ofKey(KeyAlias alias) {
        return Pattern.compile(Pattern.quote(alias.value()) + "-(transit-)?v[0-9].*");
    }

    private static Pattern ofRecipient(RecipientName name) {
        return Pattern.compile(Pattern.quote("recipient-" + name));
    }
}
