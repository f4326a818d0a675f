package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.verify.Digests;

/** A change in words, for those who approve it, and for those who read later what was done. */
public final class ChangeText {
    private ChangeText() {}

    /** A sentence, or several lines. */
    public static String of(Change change) {
        return switch (change) {
            case Change.CreateKey(var alias, var purpose, var algorithm, var tokens) ->
                "Make the key '%s' for %s with %s in %s."
                        .formatted(alias, purpose.text(), algorithm.joseName(), in(tokens));
            case Change.CreateKeyEncryptionKey(var alias, var tokens) ->
                "Make the key-encryption key '%s' in %s.".formatted(alias, in(tokens));
            case Change.RotateKey(var alias, var version, var tokens) ->
                "Make version %d of the key-encryption key '%s' in %s. New data keys are wrapped under it; the version before it only unwraps."
                        .formatted(version, alias, in(tokens));
            case Change.DestroyKey(var alias, var version, var dataKeys) ->
                "DESTROY version %d of the key-encryption key '%s'. What it wrapped is lost for good: of %d data keys the audit log knows."
                        .formatted(version, alias, dataKeys);
            case Change.PrepareKey(var alias, var version, var tokens) ->
                "Make version %d of the key '%s' in %s. It signs nothing yet.".formatted(version, alias, in(tokens));
            case Change.ChangeKeyState state -> of(state);
            case Change.CertifyKey(var alias, var version, var chain) ->
                "Have version %d of the key '%s' known by another certificate: %s, issued by %s, until %s, SHA-256 %s."
                        .formatted(
                                version,
                                alias,
                                chain.getFirst().getSubjectX500Principal(),
                                chain.getFirst().getIssuerX500Principal(),
                                chain.getFirst().getNotAfter().toInstant(),
                                Digests.sha256(encoded(chain.getFirst())));
            case Change.DestroySigningKey(var alias, var version) ->
                "DESTROY the private half of version %d of the key '%s'. What it signed stays valid."
                        .formatted(version, alias);
            case Change.EnrollRecipient(var name, var certificate) ->
                "Release data keys to the recipient '%s' from now on: %s, key SHA-256 %s."
                        .formatted(
                                name,
                                certificate.getSubjectX500Principal(),
                                Digests.sha256(certificate.getPublicKey().getEncoded()));
            case Change.RetireRecipient(var name) -> "Release nothing to the recipient '%s' any more.".formatted(name);
            case Change.OpenRewrapWindow(var alias, var from, var to) ->
                "Let data keys of '%s' move from version %d to %d. WHILE THE WINDOW IS OPEN the token protects them less."
                        .formatted(alias, from, to);
            case Change.CloseRewrapWindow(var alias) -> "Let data keys of '%s' move no more.".formatted(alias);
            case Change.ApprovePolicy(var text) ->
                "Let this policy come into force, SHA-256 %s:%n%s"
                        .formatted(
                                Digests.sha256(text.getBytes(UTF_8)),
                                text.stripTrailing().indent(4).stripTrailing());
            case Change.ChangeOfficers(var text) -> of(Officers.parse(Path.of("officers.yaml"), text));
            case Change.ForgetToken(var token) ->
                "Go on without the token '%s', which is LOST for good. Its keys sign no more; what they signed stays valid."
                        .formatted(token);
            case Change.ImportCatalogue(var digest) ->
                "Take into the store what it lacks of the catalogue with the SHA-256 %s. Read it first: sealkeeper catalogue verify"
                        .formatted(digest);
        };
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the JDK cannot write a certificate it has read", e);
        }
    }

    private static String of(Change.ChangeKeyState change) {
        String key = "version %d of the key '%s'".formatted(change.version(), change.alias());
        return switch (change.to()) {
            case ACTIVE -> "Have " + key + " sign from now on; of a key that signs blocks, no other version does.";
            case SUSPENDED -> "Have " + key + " sign nothing until it is active again.";
            case DEACTIVATED -> "Have " + key + " sign no more. What it signed stays valid.";
            case COMPROMISED ->
                "Mark " + key + " as COMPROMISED since "
                        + change.compromisedSince().orElseThrow()
                        + ". It signs no more, and what it signed from then on is to be doubted.";
            case PRE_ACTIVE, DESTROYING, DESTROYED -> throw new IllegalArgumentException("no such change is asked for");
        };
    }

    private static String of(Officers officers) {
        return "Have these officers approve changes from now on:"
                + officers.officers().stream()
                        .map(officer -> "%n    %s: %s, key SHA-256 %s"
                                .formatted(
                                        officer.name(),
                                        officer.chain().getFirst().getSubjectX500Principal(),
                                        Digests.sha256(officer.key().spki())))
                        .collect(Collectors.joining())
                + "%n  approvals needed: ".formatted()
                + Officers.APPROVED.stream()
                        .map(operation -> operation.text() + " " + officers.needed(operation))
                        .collect(Collectors.joining(", "));
    }

    private static String in(List<TokenLabel> tokens) {
        return tokens.stream().map(TokenLabel::value).collect(Collectors.joining(", ", "token ", ""));
    }
}
