package org.sealkeeper.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.X509CertUtils;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.cli.Sealkeeper;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.testing.TestAppliance;
import picocli.CommandLine;

class KeysCommandsTest {
    private static final String KEYS = """
            keys:
              - {alias: lab-a-blocks, purpose: block-signing, algorithm: ES256}
              - {alias: log, purpose: audit-signing, algorithm: EdDSA}
            keyEncryptionKeys: []
            """;

    @TempDir
    private Path folder;

    private TestAppliance appliance;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void provision() {
        appliance = TestAppliance.in(folder);
        appliance.write("keys.yaml", KEYS);
    }

    private Answer sealkeeper(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine =
                Sealkeeper.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private Answer apply(String... more) {
        String[] arguments = {
            "keys",
            "apply",
            "--config",
            config(),
            "-f",
            folder.resolve("keys.yaml").toString()
        };
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return sealkeeper(all.toArray(String[]::new));
    }

    private String config() {
        return appliance.config().toString();
    }

    @Test
    void applyTellsWhatItDidOneLineAKey() {
        Answer first = apply();
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(
                                        "lab-a-blocks version 1, block-signing, ES256, active, kid [\\w-]{43}, token test-[\\w-]{18}: created"),
                        line -> assertThat(line)
                                .matches(
                                        "log version 1, audit-signing, EdDSA, active, kid [\\w-]{43}, token test-[\\w-]{18}: created"));
        assertThat(first.err())
                .isEqualTo(
                        "key 'lab-a-blocks': making it in the token '%1$s'\nkey 'log': making it in the token '%1$s'\n"
                                .formatted(appliance.token().label()));
        Answer second = apply("--json");
        assertThat(second.out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"alias\":") && line.endsWith("\"outcome\":\"unchanged\"}"));
        assertThat(second.err()).isEmpty();
    }

    @Test
    void applyMakesNothingWhereOneDeclarationIsWrong() {
        assertThat(apply().exitCode()).isZero();
        appliance.write("keys.yaml", """
                keys:
                  - {alias: new, purpose: block-signing, algorithm: ES256}
                  - {alias: log, purpose: audit-signing, algorithm: ES256}
                keyEncryptionKeys: []
                """);
        Answer refused = apply();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo(
                        "sealkeeper: key 'log' is declared as audit-signing with ES256, but the catalogue has it as"
                                + " audit-signing with EdDSA; a key never changes: correct the declaration, or choose a new alias\n");
        assertThat(sealkeeper("keys", "list", "--config", config()).out()).doesNotContain("new");
    }

    @Test
    void applyRefusesAMissingStore() throws Exception {
        Files.delete(appliance.storeFile());
        Answer refused = apply();
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).startsWith("sealkeeper: " + appliance.store() + ": expected a store, found none");
    }

    @Test
    void listShowsEveryKey() {
        assertThat(apply().exitCode()).isZero();
        Answer list = sealkeeper("keys", "list", "--config", config());
        assertThat(list.exitCode()).isZero();
        assertThat(list.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(
                                        "lab-a-blocks version 1, block-signing, ES256, active, kid [\\w-]{43}, token test-[\\w-]{18}"),
                        line -> assertThat(line)
                                .matches(
                                        "log version 1, audit-signing, EdDSA, active, kid [\\w-]{43}, token test-[\\w-]{18}"));
    }

    @Test
    void theThreeExportsAreOfTheSameKey() throws Exception {
        assertThat(apply().exitCode()).isZero();
        X509Certificate pem = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(export("pem", "lab-a-blocks").getBytes(UTF_8)));
        pem.verify(pem.getPublicKey());
        JWK jwk = JWKSet.parse(export("jwks", "lab-a-blocks")).getKeys().getFirst();
        assertThat(jwk.toECKey().toPublicKey().getEncoded())
                .isEqualTo(pem.getPublicKey().getEncoded());
        assertThat(jwk.computeThumbprint()).hasToString(jwk.getKeyID());
        assertThat(jwk.getAlgorithm()).hasToString("ES256");
        assertThat(jwk.getKeyUse().identifier()).isEqualTo("sig");
        assertThat(X509CertUtils.parse(jwk.getX509CertChain().getFirst().decode()))
                .isEqualTo(pem);
        assertThat(export("x5c", "lab-a-blocks"))
                .isEqualTo("{\"" + jwk.getKeyID() + "\":[\""
                        + jwk.getX509CertChain().getFirst() + "\"]}\n");
    }

    @Test
    void theJwkSetHoldsEveryKeyThatSignsBlocksAndOnlyPublicHalves() throws ParseException {
        assertThat(apply().exitCode()).isZero();
        Answer jwks = sealkeeper("keys", "export", "--config", config(), "--format", "jwks");
        assertThat(JWKSet.parse(jwks.out()).getKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.isPrivate()).isFalse())
                .satisfies(key -> assertThat(key.getAlgorithm()).hasToString("ES256"));
        assertThat(JWKSet.parse(export("jwks", "log")).getKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.getAlgorithm()).hasToString("EdDSA"));
    }

    @Test
    void theVkeysAreThoseOfTheAuditLogUnderItsName() {
        assertThat(apply().exitCode()).isZero();
        appliance.write(
                "audit.yaml", "{origin: lab-a.example/log, rollbackProtection: every-group, witnesses: [], peers: []}");
        Answer vkeys = sealkeeper("keys", "export", "--config", config(), "--format", "vkeys");

        assertThat(vkeys.out().lines())
                .singleElement()
                .satisfies(vkey -> assertThat(VerifierKey.parse(vkey))
                        .satisfies(key -> assertThat(key.name().value()).isEqualTo("lab-a.example/log"))
                        .satisfies(key -> assertThat(key.algorithm()).isEqualTo(NoteAlgorithm.ED25519)));
    }

    /** Its verifier cannot be made of a vkey of another type. */
    @Test
    void theVkeysForGoAreThoseOfEd25519Alone() {
        appliance.write(
                "keys.yaml",
                KEYS.replace(
                        "keyEncryptionKeys",
                        "  - {alias: log-2, purpose: audit-signing, algorithm: ES256}\nkeyEncryptionKeys"));
        assertThat(apply().exitCode()).isZero();
        appliance.write(
                "audit.yaml", "{origin: lab-a.example/log, rollbackProtection: every-group, witnesses: [], peers: []}");
        Answer all = sealkeeper("keys", "export", "--config", config(), "--format", "vkeys");
        Answer forGo = sealkeeper("keys", "export", "--config", config(), "--format", "go-vkeys");

        assertThat(all.out().lines()).hasSize(2);
        assertThat(forGo.out().lines())
                .singleElement()
                .satisfies(
                        vkey -> assertThat(VerifierKey.parse(vkey).algorithm()).isEqualTo(NoteAlgorithm.ED25519));
    }

    @Test
    void anUnknownAliasIsRefused() {
        Answer refused = sealkeeper("keys", "export", "--config", config(), "--format", "pem", "--alias", "nobody");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .isEqualTo("sealkeeper: there is no key 'nobody'; 'sealkeeper keys list' shows those there are\n");
    }

    @Test
    void tokenInitLeavesAnExistingTokenAsItIs() {
        String soPin = folder.resolve("other-so.pin").toString();
        Answer refused = sealkeeper("token", "init", "--config", config(), "--so-pin-file", soPin);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .isEqualTo("sealkeeper: a token labelled '" + appliance.token().label()
                        + "' exists already; it was left as it is\n");
        Answer present = sealkeeper("token", "init", "--config", config(), "--so-pin-file", soPin, "--if-missing");
        assertThat(present.exitCode()).isZero();
        assertThat(present.out()).isEqualTo("token '" + appliance.token().label() + "' (SoftHSM 2): exists already\n");
        assertThat(Path.of(soPin)).doesNotExist();
    }

    private String export(String format, String alias) {
        Answer export = sealkeeper("keys", "export", "--config", config(), "--format", format, "--alias", alias);
        assertThat(export.exitCode()).as(export.err()).isZero();
        return export.out();
    }
}
