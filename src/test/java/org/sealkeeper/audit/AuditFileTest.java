package org.sealkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.testing.SoftwareLog;
import org.sealkeeper.testing.SoftwareNoteKey;

/** The operator's audit.yaml: which logs are watched, and which witnesses watch this one. */
class AuditFileTest {
    private static final VerifierKey PEER = SoftwareNoteKey.generate("lab-c.example/key-1", NoteAlgorithm.ED25519, 51)
            .verifier();

    @TempDir
    private Path folder;

    @Test
    void aPeerIsAVkeyOrAnOriginWithOne() throws IOException {
        AuditFile read = read("""
                origin: lab-a.example/log
                rollbackProtection: every-group
                witnesses: []
                peers:
                  - "%s"
                  - {origin: "Log of lab C, since 2019", key: "%s"}
                """.formatted(SoftwareLog.ECDSA.verifier(), PEER));
        assertThat(read.peers())
                .isEqualTo(List.of(
                        new AuditFile.Peer(new Origin(SoftwareLog.ORIGIN), SoftwareLog.ECDSA.verifier()),
                        new AuditFile.Peer(new Origin("Log of lab C, since 2019"), PEER)));
    }

    @Test
    void aLogAndAWitnessMayHaveKeysOfMlDsa() throws Exception {
        byte[] spki = KeyPairGenerator.getInstance("ML-DSA-44")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        VerifierKey key = VerifierKey.of(new KeyName("pq.example/w"), NoteAlgorithm.ML_DSA_44, spki);
        AuditFile read = read("""
                origin: lab-a.example/log
                rollbackProtection: every-group
                witnesses: [{key: "%1$s", url: "https://pq.example/"}]
                peers: ["%1$s"]
                """.formatted(key));
        assertThat(read.witnesses().getFirst().key()).isEqualTo(key);
        assertThat(read.peers().getFirst().key()).isEqualTo(key);
    }

    /** The log's own name is also that of its keys. */
    @Test
    void whatCannotBeIsRefusedWithItsLine() {
        assertRefused(
                "origin: lab a\nrollbackProtection: every-group\nwitnesses: []\npeers: []\n", ":1: expected a name");
        String head = "origin: lab-a\nrollbackProtection: every-group\nwitnesses: []\npeers:\n";
        assertRefused(head + "  - {origin: x}\n", ":5: expected the field 'key'");
        assertRefused(head + "  - {origin: x, key: \"" + PEER + "\", url: y}\n", ":5: unknown field 'url'");
        assertRefused(head + "  - [x]\n", ":5: expected text or a mapping in the list 'peers'");
        assertRefused(head + "  - \"" + SoftwareLog.WITNESS.verifier() + "\"\n", ":5: expected the vkey of a log");
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(message);
    }

    private AuditFile read(String text) throws IOException {
        return AuditFile.read(Files.writeString(folder.resolve("audit.yaml"), text));
    }
}
