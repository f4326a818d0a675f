package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.Home;

/** One appliance that witnesses and is witnessed, and the callers of its tests. */
final class Lab {
    private static final String ADD = "/v1/witness/add-checkpoint";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Home home;
    final String origin;
    private ApplianceProcess appliance;
    private Caller nodeA;
    Caller auditor;
    Caller anyone;

    Lab(Path folder, String name) {
        this(Home.provision(created(folder.resolve(name))), name + ".example/sealkeeper");
    }

    private Lab(Home home, String origin) {
        this.home = home;
        this.origin = origin;
    }

    /** The same appliance once more, on other ports, with a token of its own that has the same keys and memory. */
    Lab cloneTo(Path folder) {
        return new Lab(home.copyWithToken(folder), origin);
    }

    /** With keys that no other has: a witness must not be taken for the log it witnesses. */
    static Lab ofItsOwnKeys(Path folder, String name) {
        return new Lab(Home.provisionAnew(created(folder.resolve(name))), name + ".example/sealkeeper");
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void addWitnessKey() {
        String witness = "  - {alias: witness, purpose: checkpoint-cosigning, algorithm: EdDSA}\n";
        home.write("keys.yaml", home.read("keys.yaml").replace("keyEncryptionKeys:", witness + "keyEncryptionKeys:"));
        home.configured("keys", "apply", "-f", "@/keys.yaml").succeeded();
    }

    /** From the catalogue: a peer's keys are known before either of the two runs. */
    List<VerifierKey> logKeys() {
        return keys(KeyPurpose.AUDIT_SIGNING)
                .map(key -> VerifierKey.of(
                        new Origin(origin),
                        key.verificationKey().algorithm() == SigningAlgorithm.ES256
                                ? NoteAlgorithm.ECDSA
                                : NoteAlgorithm.ED25519,
                        key.verificationKey().spki()))
                .toList();
    }

    VerifierKey witnessKey() {
        byte[] spki = keys(KeyPurpose.COSIGNING)
                .findFirst()
                .orElseThrow()
                .verificationKey()
                .spki();
        return VerifierKey.of(new Origin(origin + "/witness"), NoteAlgorithm.COSIGNATURE_V1, spki);
    }

    private Stream<CataloguedKey> keys(KeyPurpose purpose) {
        try (var store = Store.open(new StoreLocation.Embedded(home.folder().resolve("store/sealkeeper.db")))) {
            return KeyCatalogue.open(store, List.of(new TokenLabel("sealkeeper"))).keys().stream()
                    .filter(key -> key.purpose() == purpose)
                    .toList()
                    .stream();
        }
    }

    void configure(Lab witness, List<VerifierKey> peers) {
        String vkeys =
                String.join("\", \"", peers.stream().map(VerifierKey::toString).toList());
        home.write("audit.yaml", """
                origin: %s
                rollbackProtection: every-group
                leaseSeconds: 5
                witnesses:
                  - {key: "%s", url: "https://localhost:%d/v1/witness/"}
                peers: ["%s"]
                """.formatted(origin, witness.witnessKey(), witness.home.port(), vkeys));
    }

    void start() {
        appliance = ApplianceProcess.start(home);
        call();
    }

    /** As {@link #start}, where nothing will be signed. */
    void startUnready() {
        appliance = ApplianceProcess.startUnready(home);
        call();
    }

    private void call() {
        nodeA = Caller.of(home, "node-a");
        auditor = Caller.of(home, "auditor");
        anyone = Caller.anonymous(home);
    }

    void stop() {
        Stream.of(nodeA, auditor, anyone).forEach(Caller::close);
        appliance.close();
        assertThat(appliance.output()).doesNotContain("ERROR");
    }

    void kill() {
        Stream.of(nodeA, auditor, anyone).forEach(Caller::close);
        appliance.kill();
    }

    /** Asks again and again for a signature of this height, which must be refused each time, until it is for this reason. */
    void assertRefused(int height, String reason) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String found;
        do {
            var answer = nodeA.post("/v1/chains/lab-a/blocks", Blocks.request("another", height));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            FetchedLog.pause(20);
            found = Blocks.json(answer).path("reason").asText();
            assertThat(found).isIn("awaiting-witness", reason);
            assertThat(System.nanoTime()).as(appliance.output()).isLessThan(deadline);
        } while (!found.equals(reason));
        assertThat(appliance.health("ready")).contains("DOWN").contains(reason);
    }

    /** The height above the head. */
    int next() {
        return Blocks.json(nodeA.get("/v1/chains/lab-a")).at("/head/height").asInt(-1) + 1;
    }

    int sign(int height) {
        var answer = nodeA.post("/v1/chains/lab-a/blocks", Blocks.request("a", height));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Blocks.json(answer).get("auditIndex").asInt();
    }

    /** The cosigned checkpoint, once it covers the leaf. */
    Note cosigned(long index) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = anyone.get("/v1/audit/cosigned");
            if (answer.statusCode() == 200) {
                Note note = Note.parse(answer.body().getBytes(UTF_8));
                if (Checkpoint.parse(note.text()).size() > index) {
                    return note;
                }
            }
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(deadline);
            FetchedLog.pause(100);
        }
    }

    HttpResponse<String> add(AddCheckpoint request) {
        return add(request.bytes());
    }

    HttpResponse<String> add(byte[] body) {
        return anyone.send(anyone.request(ADD).POST(BodyPublishers.ofByteArray(body)));
    }

    /** How often this witness did or refused so with this log, by its leaves. */
    long count(FetchedLog log, SoftwareLog peer, String outcome) {
        return log.leaves().stream()
                .filter(leaf -> leaf.path("log")
                                .asText()
                                .equals(peer.verifier().name().value())
                        && (leaf.get("outcome").asText() + leaf.path("reason").asText()).equals(outcome))
                .mapToLong(leaf -> leaf.path("count").asLong(1))
                .sum();
    }
}
