package org.sealkeeper.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.ceremony.Basis;
import org.sealkeeper.ceremony.CeremonyResult;
import org.sealkeeper.ceremony.Request;
import org.sealkeeper.ceremony.TestOfficers;
import org.sealkeeper.ceremony.Transcript;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.pki.TestAuthority;
import org.sealkeeper.testing.LogServer;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftwareLeaves;
import org.sealkeeper.testing.SoftwareLog;
import org.sealkeeper.testing.TestAppliance;

/**
 * Everything any command needs to end well, in one folder: a token, a store, a log, files, a log's server, and a server that
 * answers about data keys as an appliance does. In lines of commands {@code @/} stands for the folder.
 */
final class CommandBench implements AutoCloseable {
    private static final Pattern FILE = Pattern.compile("@/([\\w.-]+)");
    private static final byte[] DATA_KEY = new byte[32];

    private final Path folder;
    private final RecipientKeyPair recipient = RecipientKeyPair.generate();
    private final LogServer log = new LogServer();
    private final HttpsServer appliance;
    private String digest;

    /** What a command said, and how it ended. */
    record Answer(int exitCode, String out, String err) {}

    CommandBench(Path folder) throws Exception {
        this.folder = folder;
        TestAppliance local = TestAppliance.in(folder);
        var pki = new TestPki(folder.resolve("pki"));
        for (String name : List.of("ca.pem", "lab-a.pem", "lab-a.key")) {
            Files.copy(folder.resolve("pki").resolve(name), folder.resolve(name));
        }
        copy("verify", "blocks.ndjson", "block.jws", "jwks.json", "message.bin", "der.sig", "p256.pem");
        copy("policy", "policy.yaml", "new.yaml", "cases.yaml", "chains.yaml");
        var leaves = new SoftwareLeaves(1);
        SoftwareLog.write(folder.resolve("log"), SoftwareLog.cosigned(leaves.entries(3)));
        log.serving(SoftwareLog.cosigned(leaves.entries(3)));
        Files.copy(Path.of("src/test/resources/golden/guard-export.txt"), folder.resolve("lab-a.guard"));
        local.write(
                "guard-vkeys.txt",
                Files.readString(Path.of("docs/formats/guard-export.md"))
                        .replaceFirst("(?s).*\n(lab-a.example/sealkeeper\\+[^\n]*\n).*", "$1"));
        local.write("vkeys.txt", SoftwareLog.VKEYS);
        local.write("policy.txt", SoftwareLog.POLICY);
        local.write(
                "audit.yaml",
                "{origin: lab-a.example/log, rollbackProtection: every-group, witnesses: [], peers: []}\n");
        local.write("report.json", "{\"text\":\"Hämoglobin 9,1 g/dl\"}\n");
        local.write("keys.ndjson", "{\"wrapped\":\"old\",\"context\":{\"report\":\"1\"}}\n".repeat(2));
        local.write("keys.yaml", """
                keys:
                  - {alias: lab-a-blocks, purpose: block-signing, algorithm: ES256}
                  - {alias: log, purpose: audit-signing, algorithm: ES256}
                keyEncryptionKeys: [{alias: rotated}, {alias: moved}, {alias: destroyed}]
                """);
        Files.write(folder.resolve("recipient.der"), recipient.certificate().getEncoded());
        local.write(
                "recipient.key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(recipient.pair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        writeCeremony(leaves);
        this.appliance = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        appliance.setHttpsConfigurator(new HttpsConfigurator(pki.client("server")));
        appliance.createContext("/v1/data-keys", this::answer);
        appliance.start();
        run("keys apply --config @/appliance.yaml -f @/keys.yaml");
        run("keys rotate --config @/appliance.yaml --alias moved");
        run("keys rotate --config @/appliance.yaml --alias destroyed");
        Files.createDirectory(folder.resolve("requests"));
        run("keys rotate --config @/appliance.yaml --alias rotated --request @/requests");
        run("ceremony execute @/requests/" + onlyFileOf("requests") + " --config @/appliance.yaml");
        certify();
        writeCatalogue();
        run("record seal @/report.json --out @/report.sealed --data-key a --context a=b "
                + CommandErrorsTest.RECIPIENT);
    }

    /** Of this appliance; its log's keys are {@code own-vkeys.txt}. */
    private void writeCatalogue() throws IOException {
        run("catalogue export --config @/appliance.yaml --out @/own.catalogue");
        Files.writeString(
                folder.resolve("own-vkeys.txt"),
                run("keys export --format vkeys --config @/appliance.yaml").out());
        run("evidence make --leaf 0 --out @/leaf.evidence --config @/appliance.yaml");
    }

    /** An authority issues a certificate for a key of the token. */
    private void certify() throws CertificateException {
        String own = CommandHere.run(
                        folder,
                        "keys",
                        "export",
                        "--format",
                        "pem",
                        "--alias",
                        "lab-a-blocks",
                        "--config",
                        "@/appliance.yaml")
                .succeeded()
                .out();
        var key = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(own.getBytes(UTF_8)));
        TestAuthority root = TestAuthority.root("root");
        Path _ = TestAuthority.write(folder.resolve("root.pem"), root.certificate());
        Path _ = TestAuthority.write(
                folder.resolve("issued.pem"),
                root.issue(
                                "lab-a",
                                new KeyPair(key.getPublicKey(), null),
                                form -> form.usage(KeyUsage.digitalSignature))
                        .certificate());
    }

    /** A request for other tokens, and a transcript whose leaves say something else. */
    private void writeCeremony(SoftwareLeaves leaves) throws IOException {
        new TestOfficers(folder).with("alice").with("bob").with("carol").write("none");
        var basis = new Basis(List.of(), "0".repeat(64), List.of());
        var request = new Request(
                "lab-a.example/log",
                "Zoë",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2099-01-01T00:00:00Z"),
                "nonce",
                Optional.empty(),
                basis,
                List.of(new Change.CloseRewrapWindow(new KeyAlias("moved"))));
        digest = request.digest();
        Files.write(folder.resolve("a.request"), request.bytes());
        var leaf = new ProvenLeaf(new String(leaves.entries(3).getFirst(), UTF_8), "proof");
        var transcript = new Transcript(
                request,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new CeremonyResult(List.of("closed"), basis, List.of(), "{}"),
                leaf,
                leaf);
        Files.write(folder.resolve("a.transcript"), transcript.bytes());
    }

    private String onlyFileOf(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).findFirst().orElseThrow();
        }
    }

    private void copy(String from, String... names) throws IOException {
        for (String name : names) {
            Files.copy(Path.of("src/test/resources/cli", from, name), folder.resolve(name));
        }
    }

    /** The files of the folder that a line names, but not what it writes. */
    List<String> inputs(String line) {
        List<String> inputs = new ArrayList<>();
        Matcher names = FILE.matcher(line.replaceAll("--(out|so-pin-file|seen) \\S+", ""));
        while (names.find()) {
            if (Files.isRegularFile(folder.resolve(names.group(1)))) {
                inputs.add(names.group(1));
            }
        }
        return inputs;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Answer run(String line) {
        var out = new ByteArrayOutputStream();
        Answer answer = run(line, out);
        return new Answer(answer.exitCode(), out.toString(UTF_8), answer.err());
    }

    Answer run(String line, OutputStream out) {
        var err = new ByteArrayOutputStream();
        int exitCode = Sealkeeper.run(out, err, words(line));
        return new Answer(exitCode, "", err.toString(UTF_8));
    }

    String[] words(String line) {
        return Stream.of(line.split(" +"))
                .map(word -> word.replace("@/", folder + "/")
                        .replace(
                                "APPLIANCE",
                                "https://localhost:" + appliance.getAddress().getPort())
                        .replace("DIGEST", digest)
                        .replace("LOG", log.url().toString()))
                .toArray(String[]::new);
    }

    /** As the appliance does; what is wrapped means nothing here. */
    private void answer(HttpExchange exchange) throws IOException {
        var json = new ObjectMapper();
        ObjectNode answer = json.createObjectNode();
        var request = json.readTree(exchange.getRequestBody());
        if (request.has("keys")) {
            ArrayNode results = answer.putArray("results");
            request.path("keys").forEach(_ -> results.addObject().put("wrapped", "new"));
        } else {
            answer.put("wrapped", "wrapped").put("alg", "RSA-OAEP").put("encryptedKey", encryptedKey());
        }
        byte[] bytes = json.writeValueAsBytes(answer);
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String encryptedKey() {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, recipient.pair().getPublic());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(cipher.doFinal(DATA_KEY));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        log.close();
        appliance.stop(0);
    }
}
