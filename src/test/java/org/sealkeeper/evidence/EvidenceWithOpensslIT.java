package org.sealkeeper.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.EvidenceCases;
import org.sealkeeper.testing.EvidenceCases.Case;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareLeaves;

/**
 * The auditor's scripts without our code judge the parts of a bundle that they can read as our verifier does. The script for blocks reads
 * their members in the order of the API, as these bundles have them; a bundle that an appliance made has them in canonical order.
 */
class EvidenceWithOpensslIT {
    /** Of the chain's export: the script begins there, and the bundles are about block 2. */
    private static final String GENESIS = SoftwareChain.line(
            SoftwareLeaves.KEY, SoftwareChain.statements("lab-a", 0).getFirst());

    @TempDir
    private Path folder;

    @BeforeEach
    void givePublicKeys() throws IOException {
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(SoftwareLeaves.KEY.verificationKey().spki());
        write("key.pem", "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    void opensslFindsTheBlockOfAGoodBundleValidAndThatOfAForgedOneNot() throws IOException {
        assertThat(blocks(named(EvidenceCases.good(), "a block")).succeeded().out())
                .startsWith("chain lab-a: 3 blocks, heights 0..2, head ");
        Command forged = blocks(named(EvidenceCases.forged(), "a signature in which a bit was changed"));
        assertThat(forged.out()).contains("line 3: the signature is not that of this key: invalid");
        assertThat(forged.exitCode()).isEqualTo(1);
    }

    @Test
    void opensslFindsTheCheckpointAndTheLeafOfAGoodBundleValidAndThoseOfForgedOnesNot() throws IOException {
        assertThat(checkpoint(named(EvidenceCases.good(), "a block"), "checkpoint")
                        .succeeded()
                        .out())
                .startsWith("checkpoint of lab-a.example/audit: 11 leaves, root ");
        assertThat(checkpoint(named(EvidenceCases.good(), "a block"), "proof", "leaf")
                        .succeeded()
                        .out())
                .startsWith("leaf 5: in the log\n");
        Command otherRoot = checkpoint(named(EvidenceCases.forged(), "a tree of another root"), "checkpoint");
        assertThat(otherRoot.out()).contains("the signature is not that of key ");
        assertThat(otherRoot.exitCode()).isEqualTo(1);
        Command otherLeaf = checkpoint(named(EvidenceCases.forged(), "an entry that was changed"), "proof", "leaf");
        assertThat(otherLeaf.out()).contains("the leaf is not what the log has at index 5: invalid");
        assertThat(otherLeaf.exitCode()).isEqualTo(1);
    }

    private static Case named(Stream<Case> cases, String name) {
        return cases.filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private Command blocks(Case judged) throws IOException {
        Evidence bundle = Evidence.parse(judged.bundle().getBytes(UTF_8));
        String chain = String.join(
                "\n",
                GENESIS,
                bundle.predecessor().orElseThrow(),
                bundle.block().orElseThrow());
        write("blocks.ndjson", chain + "\n");
        return run("verify-with-openssl", "key.pem", "blocks.ndjson");
    }

    private Command checkpoint(Case judged, String... files) throws IOException {
        ProvenLeaf last =
                Evidence.parse(judged.bundle().getBytes(UTF_8)).leaves().getLast();
        write("audit.vkeys", judged.vkeys());
        write("leaf", last.entry());
        write("proof", last.proof());
        write("checkpoint", last.proof().substring(last.proof().indexOf("\n\n") + 2));
        return run(
                "verify-checkpoint-with-openssl",
                Stream.concat(Stream.of("audit.vkeys"), Stream.of(files)).toArray(String[]::new));
    }

    private Command run(String script, String... files) {
        Path path = Path.of("deployment", script).toAbsolutePath();
        return Command.run(
                folder,
                Stream.concat(Stream.of(path.toString()), Stream.of(files)).toList());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
