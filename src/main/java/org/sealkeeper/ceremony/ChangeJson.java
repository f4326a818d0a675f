package org.sealkeeper.ceremony;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.verify.CanonicalJson;

/** A change in JSON (docs/formats/ceremony.md). */
final class ChangeJson {
    private static final String CHANGE = "change";
    private static final String COMPROMISED_SINCE = "compromisedSince";
    private static final String CREATE_KEY = "create-key";
    private static final String CREATE_KEY_ENCRYPTION_KEY = "create-key-encryption-key";
    private static final String ROTATE_KEY = "rotate-key";
    private static final String DESTROY_KEY = "destroy-key";
    private static final String PREPARE_KEY = "prepare-key";
    private static final String CHANGE_KEY_STATE = "change-key-state";
    private static final String IMPORT_CERTIFICATE = "import-certificate";
    private static final String DESTROY_SIGNING_KEY = "destroy-signing-key";
    private static final String ENROLL_RECIPIENT = "enroll-recipient";
    private static final String RETIRE_RECIPIENT = "retire-recipient";
    private static final String OPEN_REWRAP_WINDOW = "open-rewrap-window";
    private static final String CLOSE_REWRAP_WINDOW = "close-rewrap-window";
    private static final String APPROVE_POLICY = "approve-policy";
    private static final String CHANGE_OFFICERS = "change-officers";
    private static final String IMPORT_CATALOGUE = "import-catalogue";
    private static final String FORGET_TOKEN = "forget-token";

    private ChangeJson() {}

    static Map<String, Object> of(Change change) {
        return switch (change) {
            case Change.CreateKey(var alias, var purpose, var algorithm, var tokens) ->
                Map.of(
                        CHANGE,
                        CREATE_KEY,
                        "alias",
                        alias.value(),
                        "purpose",
                        purpose.text(),
                        "algorithm",
                        algorithm.joseName(),
                        "tokens",
                        texts(tokens));
            case Change.CreateKeyEncryptionKey(var alias, var tokens) ->
                Map.of(CHANGE, CREATE_KEY_ENCRYPTION_KEY, "alias", alias.value(), "tokens", texts(tokens));
            case Change.RotateKey(var alias, var version, var tokens) ->
                Map.of(CHANGE, ROTATE_KEY, "alias", alias.value(), "version", (long) version, "tokens", texts(tokens));
            case Change.DestroyKey(var alias, var version, var dataKeys) ->
                Map.of(CHANGE, DESTROY_KEY, "alias", alias.value(), "version", (long) version, "dataKeys", (long)
                        dataKeys);
            case Change.PrepareKey(var alias, var version, var tokens) ->
                Map.of(CHANGE, PREPARE_KEY, "alias", alias.value(), "version", (long) version, "tokens", texts(tokens));
            case Change.ChangeKeyState state -> of(state);
            case Change.CertifyKey(var alias, var version, var chain) ->
                Map.of(
                        CHANGE,
                        IMPORT_CERTIFICATE,
                        "alias",
                        alias.value(),
                        "version",
                        (long) version,
                        "certificates",
                        chain.stream().map(ChangeJson::base64).toList());
            case Change.DestroySigningKey(var alias, var version) ->
                Map.of(CHANGE, DESTROY_SIGNING_KEY, "alias", alias.value(), "version", (long) version);
            case Change.EnrollRecipient(var name, var certificate) ->
                Map.of(CHANGE, ENROLL_RECIPIENT, "name", name.value(), "certificate", base64(certificate));
            case Change.RetireRecipient(var name) -> Map.of(CHANGE, RETIRE_RECIPIENT, "name", name.value());
            case Change.OpenRewrapWindow(var alias, var from, var to) ->
                Map.of(CHANGE, OPEN_REWRAP_WINDOW, "alias", alias.value(), "from", (long) from, "to", (long) to);
            case Change.CloseRewrapWindow(var alias) -> Map.of(CHANGE, CLOSE_REWRAP_WINDOW, "alias", alias.value());
            case Change.ApprovePolicy(var policy) -> Map.of(CHANGE, APPROVE_POLICY, "policy", policy);
            case Change.ChangeOfficers(var officers) -> Map.of(CHANGE, CHANGE_OFFICERS, "officers", officers);
            case Change.ImportCatalogue(var digest) -> Map.of(CHANGE, IMPORT_CATALOGUE, "catalogue", digest);
            case Change.ForgetToken(var token) -> Map.of(CHANGE, FORGET_TOKEN, "token", token.value());
        };
    }

    private static Map<String, Object> of(Change.ChangeKeyState change) {
        Map<String, Object> members = new TreeMap<>(Map.of(
                CHANGE,
                CHANGE_KEY_STATE,
                "alias",
                change.alias().value(),
                "version",
                (long) change.version(),
                "state",
                change.to().text()));
        change.compromisedSince().ifPresent(since -> members.put(COMPROMISED_SINCE, since.toString()));
        return members;
    }

    /** @throws IllegalArgumentException if it is none */
    static Change parse(JsonNode json) {
        String kind = CanonicalJson.text(json, CHANGE);
        return switch (kind) {
            case CREATE_KEY ->
                new Change.CreateKey(
                        alias(json),
                        named(KeyPurpose.byText(), CanonicalJson.text(json, "purpose")),
                        SigningAlgorithm.named(CanonicalJson.text(json, "algorithm"))
                                .orElseThrow(() -> new IllegalArgumentException("expected a known algorithm")),
                        tokens(json));
            case CREATE_KEY_ENCRYPTION_KEY -> new Change.CreateKeyEncryptionKey(alias(json), tokens(json));
            case ROTATE_KEY -> new Change.RotateKey(alias(json), CanonicalJson.integer(json, "version"), tokens(json));
            case DESTROY_KEY ->
                new Change.DestroyKey(
                        alias(json), CanonicalJson.integer(json, "version"), CanonicalJson.integer(json, "dataKeys"));
            case PREPARE_KEY ->
                new Change.PrepareKey(alias(json), CanonicalJson.integer(json, "version"), tokens(json));
            case CHANGE_KEY_STATE ->
                new Change.ChangeKeyState(
                        alias(json),
                        CanonicalJson.integer(json, "version"),
                        named(KeyState.byText(), CanonicalJson.text(json, "state")),
                        json.has(COMPROMISED_SINCE)
                                ? Optional.of(time(CanonicalJson.text(json, COMPROMISED_SINCE)))
                                : Optional.empty());
            case IMPORT_CERTIFICATE ->
                new Change.CertifyKey(
                        alias(json),
                        CanonicalJson.integer(json, "version"),
                        CanonicalJson.texts(json, "certificates").stream()
                                .map(ChangeJson::certificate)
                                .toList());
            case DESTROY_SIGNING_KEY ->
                new Change.DestroySigningKey(alias(json), CanonicalJson.integer(json, "version"));
            case ENROLL_RECIPIENT ->
                new Change.EnrollRecipient(
                        new RecipientName(CanonicalJson.text(json, "name")),
                        certificate(CanonicalJson.text(json, "certificate")));
            case RETIRE_RECIPIENT -> new Change.RetireRecipient(new RecipientName(CanonicalJson.text(json, "name")));
            case OPEN_REWRAP_WINDOW ->
                new Change.OpenRewrapWindow(
                        alias(json), CanonicalJson.integer(json, "from"), CanonicalJson.integer(json, "to"));
            case CLOSE_REWRAP_WINDOW -> new Change.CloseRewrapWindow(alias(json));
            case APPROVE_POLICY -> new Change.ApprovePolicy(CanonicalJson.text(json, "policy"));
            case CHANGE_OFFICERS -> new Change.ChangeOfficers(CanonicalJson.text(json, "officers"));
            case IMPORT_CATALOGUE -> new Change.ImportCatalogue(CanonicalJson.text(json, "catalogue"));
            case FORGET_TOKEN -> new Change.ForgetToken(new TokenLabel(CanonicalJson.text(json, "token")));
            default -> throw new IllegalArgumentException("expected a known change, found another kind");
        };
    }

    private static KeyAlias alias(JsonNode json) {
        return new KeyAlias(CanonicalJson.text(json, "alias"));
    }

    private static List<TokenLabel> tokens(JsonNode json) {
        return CanonicalJson.texts(json, "tokens").stream().map(TokenLabel::new).toList();
    }

    private static List<String> texts(List<TokenLabel> tokens) {
        return tokens.stream().map(TokenLabel::value).toList();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected a time of RFC 3339", e);
        }
    }

    private static <T> T named(Map<String, T> known, String text) {
        T value = known.get(text);
        if (value == null) {
            throw new IllegalArgumentException("expected one of " + known.keySet());
        }
        return value;
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the JDK cannot write a certificate it has read", e);
        }
    }

    private static X509Certificate certificate(String base64) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("expected an X.509 certificate in base64", e);
        }
    }
}
