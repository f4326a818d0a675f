package org.sealkeeper.keys.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyPurpose;

class KeysFileTest {
    private static final String KEYS = """
            keys:
              - alias: lab-a-blocks
                purpose: block-signing
                algorithm: ES256
              - alias: log
                purpose: audit-signing
                algorithm: EdDSA
            keyEncryptionKeys:
              - {alias: patient-data}
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("keys.yaml");
    }

    @Test
    void keysAreReadInTheOrderOfTheFile() throws IOException {
        Files.writeString(file, KEYS);
        KeysFile declared = KeysFile.read(file);
        assertThat(declared.keyEncryptionKeys())
                .containsExactly(new DeclaredKeyEncryptionKey(new KeyAlias("patient-data")));
        assertThat(declared.keys())
                .containsExactly(
                        new DeclaredKey(new KeyAlias("lab-a-blocks"), KeyPurpose.BLOCK_SIGNING, SigningAlgorithm.ES256),
                        new DeclaredKey(new KeyAlias("log"), KeyPurpose.AUDIT_SIGNING, SigningAlgorithm.EDDSA));
    }

    @Test
    void aKeyEncryptionKeyMayNameItsTokens() throws IOException {
        Files.writeString(file, KEYS.replace("{alias: patient-data}", "{alias: patient-data, tokens: [b, a]}"));
        assertThat(KeysFile.read(file).keyEncryptionKey(new KeyAlias("patient-data")))
                .contains(new DeclaredKeyEncryptionKey(
                        new KeyAlias("patient-data"), List.of(new TokenLabel("b"), new TokenLabel("a"))));
        assertThat(KeysFile.read(file).keyEncryptionKey(new KeyAlias("log"))).isEmpty();
    }

    @Test
    void recipientsAndOfficersAreDeclaredByTheirFilesBesideThisOne() throws IOException {
        Files.writeString(file, KEYS);
        assertThat(KeysFile.read(file).recipients())
                .as("nothing is said of them")
                .isEmpty();
        Files.writeString(
                file, KEYS + "recipients: [{name: lab-a, certificate: pki/lab-a.pem}]\nofficers: officers.yaml\n");
        KeysFile declared = KeysFile.read(file);
        assertThat(declared.recipients())
                .contains(List.of(new DeclaredRecipient(new RecipientName("lab-a"), folder.resolve("pki/lab-a.pem"))));
        assertThat(declared.officers()).contains(folder.resolve("officers.yaml"));
        Files.writeString(file, KEYS + "recipients: [{name: a, certificate: a.pem}, {name: a, certificate: b.pem}]\n");
        assertThatThrownBy(() -> KeysFile.read(file)).hasMessageContaining("recipient 'a' is declared twice");
    }

    @Test
    void theExampleOfThisRepositoryCanBeRead() {
        assertThat(KeysFile.read(Path.of("hsm-config/keys.yaml")).aliases()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alias: log             | alias: lab-a-blocks | 5: key 'lab-a-blocks' is declared twice
            purpose: audit-signing | purpose: signing    | 6: expected one of audit-signing, block-signing, checkpoint-cosigning, found 'signing'
            algorithm: EdDSA       | algorithm: none     | 7: expected one of ES256, ES384, EdDSA, PS256, found 'none'
            algorithm: EdDSA       | algorithm: es256    | 7: expected one of ES256, ES384, EdDSA, PS256, found 'es256'
            algorithm: EdDSA       | algorithm: PS256    | 7: a key for audit-signing is of ES256 or EdDSA, found PS256
            alias: patient-data    | alias: log           | 9: key 'log' is declared twice
            alias: patient-data    | name: patient-data   | 9: expected the field 'alias', found none
            {alias: patient-data}  | '{alias: k, tokens: [a, b, c, d, e]}' | 9: expected at most 4 tokens, found 5
            {alias: patient-data}  | '{alias: k, tokens: [a, a]}' | 9: expected the labels of one or more tokens, each once
            {alias: patient-data}  | '{alias: k, tokens: []}' | 9: expected the labels of one or more tokens, each once
            {alias: patient-data}  | '{alias: k, version: 0}' | '9: expected an integer from 1 to 100000, found ''0'''
            keyEncryptionKeys:     | keyEncryption:       | 1: expected the field 'keyEncryptionKeys', found none
            purpose: audit-signing | purpos: x           | 5: expected the field 'purpose', found none
            """)
    void whatIsWrongIsNamedWithItsLine(String right, String wrong, String message) throws IOException {
        Files.writeString(file, KEYS.replace(right, wrong));
        assertThatThrownBy(() -> KeysFile.read(file))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(file + ":" + message);
    }
}
