package org.sealkeeper.cli.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.ceremony.CeremonySteps;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.HandMadeKey;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.TestAppliance;

/** Changes under the officers alice, bob, carol and dave; and one operator before there were any. */
class CeremonyCommandsTest {
    private static final RecipientKeyPair LAB_A = RecipientKeyPair.generate();
    private static final RecipientKeyPair LAB_B = RecipientKeyPair.generate();
    private static final String KEYS =
            "keys: [{alias: a, purpose: block-signing, algorithm: ES256}, {alias: c, purpose: block-signing, algorithm: ES256}]\nkeyEncryptionKeys: [{alias: patient-data}]\n";

    private static final String MORE_KEYS = """
            keys: [{alias: a, purpose: block-signing, algorithm: ES256}, {alias: c, purpose: block-signing, algorithm: ES256}, {alias: b, purpose: block-signing, algorithm: ES256}]
            keyEncryptionKeys: [{alias: patient-data}, {alias: other}]
            """;

    private static final String[] CERTIFICATION = {
        "keys", "import-certificate", "--certificate", "@/issued.pem", "--authorities", "@/root.pem"
    };

    @TempDir
    private Path folder;

    private TestAppliance appliance;
    private TestOfficers officers;
    private CeremonySteps steps;

    @BeforeEach
    void provision() throws Exception {
        appliance = TestAppliance.in(folder);
        appliance.write("audit.yaml", """
                origin: lab-a.example/sealkeeper
                rollbackProtection: every-group
                witnesses: []
                peers: []
                """);
        appliance.write("keys.yaml", KEYS);
        for (String policy : List.of("policy.yaml", "new.yaml")) {
            Files.copy(Path.of("src/test/resources/cli/policy", policy), folder.resolve(policy));
        }
        Files.write(folder.resolve("lab-a.der"), LAB_A.certificate().getEncoded());
        Files.write(folder.resolve("lab-b.der"), LAB_B.certificate().getEncoded());
        steps = new CeremonySteps(folder, this::here, this::on, "@/so.pin");
        officers =
                new TestOfficers(folder).with("alice").with("bob").with("carol").with("dave");
        Files.createDirectory(folder.resolve("requests"));
        Command _ = on("keys", "apply", "-f", "@/keys.yaml").succeeded();
    }

    private Command here(String... words) {
        return CommandHere.run(folder, words);
    }

    private Command on(String... words) {
        return here(Stream.concat(Stream.of(words), Stream.of("--config", "@/appliance.yaml"))
                .toArray(String[]::new));
    }

    private void setOfficers() {
        setOfficers("none");
    }

    private void setOfficers(String revocations) {
        officers.write(revocations);
        Command _ = on("officers", "set", "-f", "@/officers.yaml").succeeded();
    }

    private Path rotation() {
        return steps.request("keys", "rotate", "--alias", "patient-data");
    }

    private String approve(Path request, String officer) {
        return steps.approve(request, officer);
    }

    private Command execute(Path request, String... approvals) {
        return steps.execute(request, approvals);
    }

    private void refused(Path request, String why, String... approvals) {
        Command refused = execute(request, approvals);
        assertThat(refused.err()).contains("refused, and nothing was changed", why);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(versions()).isEqualTo(1);
    }

    private long versions() {
        return on("keys", "list")
                .succeeded()
                .out()
                .lines()
                .filter(line -> line.startsWith("patient-data"))
                .count();
    }

    @Test
    void whereNoOfficersAreInForceARequestIsExecutedOnceWithoutApprovals() {
        Path request = rotation();
        assertThat(versions()).isEqualTo(1);
        assertThat(execute(request).succeeded().out()).contains("rotate-key: created");
        assertThat(versions()).isEqualTo(2);
        assertThat(execute(request).err()).contains("it was executed at", "counts once");
        assertThat(versions()).isEqualTo(2);
    }

    @Test
    void whatEnoughOfficersApprovedIsDoneAndNothingElse() {
        setOfficers();
        Path request = rotation();
        String shown =
                here("ceremony", "approve", request.toString()).succeeded().out();
        assertThat(shown)
                .contains("Make version 2 of the key-encryption key 'patient-data'", CeremonySteps.digest(request));

        Command done = execute(request, approve(request, "alice"), approve(request, "bob"));

        assertThat(done.succeeded().out()).contains("rotate-key: created");
        assertThat(versions()).isEqualTo(2);
        assertThat(on("ceremony", "list").succeeded().out())
                .contains(CeremonySteps.digest(request), "done: rotate-key, approved by alice, bob");
    }

    @Test
    void withOfficersInForceNoCommandAloneChangesAnything() throws CertificateException {
        Command _ = on("keys", "rotate", "--alias", "patient-data").succeeded();
        Command _ = on("keys", "rotate", "--alias", "a", "--prepare").succeeded();
        certify();
        enroll("lab-a").succeeded();
        setOfficers();
        appliance.write("more.yaml", MORE_KEYS);
        officers.with("erin").write("none");
        String before = state();

        for (Command refused : List.of(
                on("keys", "apply", "-f", "@/more.yaml"),
                on("keys", "rotate", "--alias", "patient-data"),
                on("keys", "destroy-version", "--alias", "patient-data", "--version-number", "1", "--yes"),
                on("keys", "rotate", "--alias", "a"),
                on("keys", "rotate", "--alias", "c", "--prepare"),
                state(1, "suspended"),
                state(1, "compromised"),
                on("keys", "destroy-version", "--alias", "a", "--version-number", "2", "--yes"),
                on(CERTIFICATION),
                enroll("lab-b"),
                enroll("lab-a"),
                on("recipients", "retire", "--name", "lab-a"),
                window("open", "--from", "1", "--to", "2", "--so-pin-file", "@/so.pin"),
                on("policy", "approve", "-f", "@/new.yaml"),
                on("officers", "set", "-f", "@/officers.yaml"))) {
            assertThat(refused.err()).contains("officers approve changes of this kind");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(state()).isEqualTo(before);
        }
        Path opening = steps.request("rewrap-window", "open", "--alias", "patient-data", "--from", "1", "--to", "2");
        Command _ = execute(opening, approve(opening, "alice"), approve(opening, "bob"))
                .succeeded();
        assertThat(window("close").err()).contains("officers approve changes of this kind (close-rewrap-window)");
        assertThat(state()).contains("from version 1 to 2");
    }

    private Command state(int version, String to) {
        return on(changingState(version, to));
    }

    private static String[] changingState(int version, String to) {
        return new String[] {
            "keys", "change-state", "--alias", "a", "--version-number", String.valueOf(version), "--to", to
        };
    }

    /** An authority issues a certificate for the first version of a key. */
    private void certify() throws CertificateException {
        String own = on("keys", "export", "--format", "pem", "--alias", "a")
                .succeeded()
                .out();
        var key = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(own.getBytes(UTF_8)));
        TestAuthority root = TestAuthority.root("root");
        Path _ = TestAuthority.write(folder.resolve("root.pem"), root.certificate());
        Path _ = TestAuthority.write(
                folder.resolve("issued.pem"),
                root.issue("a", new KeyPair(key.getPublicKey(), null), form -> form.usage(KeyUsage.digitalSignature))
                        .certificate());
    }

    private Command enroll(String name) {
        return on(
                "recipients",
                "enroll",
                "--name",
                name,
                "--certificate",
                "@/" + name + ".der",
                "--so-pin-file",
                "@/so.pin");
    }

    private Command window(String... words) {
        return on(Stream.concat(
                        Stream.of("rewrap-window", words[0], "--alias", "patient-data"),
                        Stream.of(words).skip(1))
                .toArray(String[]::new));
    }

    private String state() {
        return on("keys", "list").succeeded().out()
                + on("recipients", "list").succeeded().out()
                + on("rewrap-window", "list").succeeded().out()
                + on("officers", "show").succeeded().out();
    }

    @Test
    void everyKindOfChangeIsMadeByACeremony() throws CertificateException {
        setOfficers();
        appliance.write("more.yaml", MORE_KEYS);
        conduct(steps.request("plan", "-f", "@/more.yaml"), "create-key: created in token", "create-key: created");
        conduct(
                steps.request("recipients", "enroll", "--name", "lab-a", "--certificate", "@/lab-a.der"),
                "enroll-recipient: created");
        conduct(rotation(), "rotate-key: created");
        conduct(
                steps.request("rewrap-window", "open", "--alias", "patient-data", "--from", "1", "--to", "2"),
                "open-rewrap-window: opened");
        conduct(steps.request("rewrap-window", "close", "--alias", "patient-data"), "close-rewrap-window: closed");
        conduct(
                steps.request("keys", "destroy-version", "--alias", "patient-data", "--version-number", "1", "--yes"),
                "destroy-key: destroyed");
        conduct(
                steps.request("keys", "rotate", "--alias", "a"),
                "rotate-key: made in token",
                "change-key-state: active in token");
        certify();
        conduct(steps.request(CERTIFICATION), "import-certificate: certified in token");
        conduct(steps.request(changingState(2, "compromised")), "change-key-state: compromised in token");
        conduct(steps.request("keys", "rotate", "--alias", "a", "--prepare"), "rotate-key: made in token");
        conduct(
                steps.request("keys", "destroy-version", "--alias", "a", "--version-number", "3", "--yes"),
                "destroy-key: destroyed");
        conduct(steps.request("recipients", "retire", "--name", "lab-a"), "retire-recipient: retired");
        conduct(steps.request("policy", "approve", "-f", "@/new.yaml"), "approve-policy: approved");
        officers.with("erin").write("none");
        conduct(steps.request("officers", "set", "-f", "@/officers.yaml"), "change-officers: in force");
        assertThat(on("officers", "show").succeeded().out()).contains("erin");
        assertThat(on("plan", "-f", "@/more.yaml").succeeded().out()).contains("Nothing to do, no drift.");
    }

    private void conduct(Path request, String... outcomes) {
        Command done = execute(request, approve(request, "alice"), approve(request, "bob"), approve(request, "carol"));
        assertThat(done.succeeded().out()).contains(outcomes);
    }

    @Test
    void tooFewApprovalsAreRefusedHoweverOftenTheyAreGiven() {
        setOfficers();
        Path request = rotation();
        String alice = approve(request, "alice");
        refused(request, "it needs the approvals of 2 officers, found 0");
        refused(request, "it needs the approvals of 2 officers, found 1", alice);
        refused(request, "the officer 'alice' approved it twice", alice, alice);
        officers.with("erin").write("none");
        Path change = steps.request("officers", "set", "-f", "@/officers.yaml");
        refused(
                change,
                "it needs the approvals of 3 officers, found 2",
                approve(change, "alice"),
                approve(change, "bob"));
    }

    @Test
    void approvalsOfOthersOrForOthersAreRefused() {
        setOfficers();
        officers.with("mallory");
        Path request = rotation();
        Path other = steps.request("keys", "rotate", "--alias", "patient-data");
        String alice = approve(request, "alice");
        refused(request, "the approval of 'mallory' is of no officer in force", alice, approve(request, "mallory"));
        refused(
                request,
                "the approval of 'bob' is not signed with that officer's key",
                alice,
                steps.approve(request, "bob", "--key", "@/mallory.key", "--certificate", "@/mallory.pem"));
        refused(request, "the approval of 'bob' is for another request", alice, approve(other, "bob"));
    }

    @Test
    void aByteThatWasChangedIsFound() throws IOException {
        setOfficers();
        Path request = rotation();
        String alice = approve(request, "alice");
        Path bob = Path.of(approve(request, "bob"));
        String jws = Files.readString(bob, UTF_8);
        int signature = jws.lastIndexOf('.') + 10;
        Files.writeString(
                bob,
                jws.substring(0, signature)
                        + (jws.charAt(signature) == 'A' ? 'B' : 'A')
                        + jws.substring(signature + 1));
        refused(request, "the approval of 'bob' is not signed with that officer's key", alice, bob.toString());

        String asked = Files.readString(request, UTF_8);
        String good = approve(request, "carol");
        Files.writeString(request, asked.replace("\"version\":2", "\"version\":3"));
        refused(request, "is for another request", alice, good);
        Files.writeString(request, asked.replace("\"version\":2", "\"version\": 2"));
        assertThat(execute(request, alice, good).err()).contains("expected a request as Sealkeeper writes it");
    }

    @Test
    void aCertificateThatEndedOrWasRevokedApprovesNothing() throws Exception {
        officers.with("erin", Duration.ofMinutes(-1));
        officers.revoke("dave");
        setOfficers("officers.crl");
        Path request = rotation();
        String alice = approve(request, "alice");
        refused(request, "the certificate of 'erin'", alice, approve(request, "erin"));
        refused(request, "the certificate of 'dave' is revoked", alice, approve(request, "dave"));
        Files.delete(folder.resolve("officers.crl"));
        assertThat(execute(request, alice, approve(request, "bob")).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void aRequestIsRefusedOnceItsTimeIsOver() throws IOException {
        setOfficers();
        Path request = rotation();
        String asked = Files.readString(request, UTF_8);
        Files.writeString(
                request,
                asked.replaceFirst("\"createdAt\":\"[^\"]*\"", "\"createdAt\":\"2026-01-01T00:00:00Z\"")
                        .replaceFirst("\"validUntil\":\"[^\"]*\"", "\"validUntil\":\"2026-01-02T00:00:00Z\""));
        refused(request, "it is valid from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z");
    }

    @Test
    void aRequestIsRefusedWhereAnythingItRestsOnChanged() throws IOException {
        setOfficers();
        Path request = rotation();
        Path later = rotation();
        String[] approvals = {approve(later, "alice"), approve(later, "bob")};
        String asked = Files.readString(request, UTF_8);

        Path swapped = folder.resolve("swapped.request");
        Files.writeString(swapped, asked.replaceFirst("\"serial\":\"[^\"]*\"", "\"serial\":\"0000\""));
        Path renamed = Files.move(swapped, folder.resolve(sha256(swapped) + ".request"));
        refused(renamed, "it was made for other tokens", approve(renamed, "alice"), approve(renamed, "bob"));

        Command _ = execute(request, approve(request, "alice"), approve(request, "bob"))
                .succeeded();
        assertThat(execute(later, approvals).err())
                .contains("keys, recipients or windows were changed since it was made");
        assertThat(versions()).isEqualTo(2);
    }

    @Test
    void aRequestIsRefusedWhereAnObjectOfTheTokenChanged() throws Exception {
        setOfficers();
        Path request = rotation();
        try (var hand = HandMadeKey.in(appliance.token().settings())) {
            hand.generate(CkaId.random(new SecureRandom()), "by hand");
        }
        refused(
                request,
                "the tokens are not what they were when it was made: expected the drift []",
                approve(request, "alice"),
                approve(request, "bob"));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRequestUnderOfficersOfBeforeIsRefused() {
        Path request = rotation();
        setOfficers();
        refused(request, "it was made while other officers approved changes");
    }

    @Test
    void whatApproversCompareMustBeTheRequest() {
        Path request = rotation();
        Command refused = here(
                "ceremony",
                "approve",
                request.toString(),
                "--digest",
                "0123456789abcdef",
                "--as",
                "alice",
                "--key",
                "@/alice.key",
                "--certificate",
                "@/alice.pem",
                "--out",
                "@/a.approval");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err())
                .contains("expected the request 0123456789abcdef, found " + CeremonySteps.digest(request));
        assertThat(folder.resolve("a.approval")).doesNotExist();
    }
}
