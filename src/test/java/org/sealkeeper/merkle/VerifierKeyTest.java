package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vkeys of C2SP signed-note, and what they verify. */
class VerifierKeyTest {
    private static final String TEXT = "lab-a.example/audit\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
                "appliance.example/audit+c8ca2f66+AZ6V2xQWR4K+8ObtkzwE6jzRjDc17//CERFD++0N/rkW",
                "appliance.example/audit+d6155a50+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABObT4JKje8K6+juz4Z0Z8hiSGy2s0FVMu7qsovpArfxHnXdFmsQKSMWbI0Jslhf7VD6mj01pHtr+wByJ6cqsb4A="
            })
    void aVkeyIsReadAndWrittenTheSame(String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        assertThat(key).hasToString(vkey).isEqualTo(VerifierKey.parse(vkey)).hasSameHashCodeAs(VerifierKey.parse(vkey));
        assertThat(key.keyIdText()).isEqualTo(vkey.split("\\+", 3)[1]);
        assertThat(key.name()).hasToString(vkey.split("\\+", 3)[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "++",
                "example.com/foo",
                "example.com/foo+530d903a",
                "example.com/foo+530d903a+",
                "example.com/foo+530d903a+AQ==",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k+",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fo o+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==",
                "appliance.example/audit+d6155a50+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABObT4JKje8K6+juz4Z0Z8hiSGy2s0FVMu7qsovpArfxHnXdFmsQKSMWbI0Jslhf7VD6mj01pHtr+wByJ6cqsbw=="
            })
    void everyOtherTextIsRefused(String vkey) {
        assertThatThrownBy(() -> VerifierKey.parse(vkey))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void keysOfOtherKindsAreRefused() throws Exception {
        var name = new Origin("lab-a.example/audit");
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] p384Key = p384.generateKeyPair().getPublic().getEncoded();
        byte[] x25519Key = KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        byte[] ed448Key = KeyPairGenerator.getInstance("Ed448")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        for (byte[] spki : List.of(p384Key, x25519Key, ed448Key, new byte[0], new byte[44], new byte[91])) {
            for (NoteAlgorithm algorithm : NoteAlgorithm.values()) {
                assertThatThrownBy(() -> VerifierKey.of(name, algorithm, spki))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("expected");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureIsOfOneKeyOverOneText(NoteAlgorithm algorithm) {
        NoteSigner signer = NoteSigner.of("lab-a.example/audit", algorithm);
        NoteSigner other = NoteSigner.of("lab-a.example/audit", algorithm);
        byte[] signature = signature(signer);
        assertThat(signer.verifier().verifies(TEXT, signature)).isTrue();
        assertThat(signer.verifier().verifies(TEXT + "\n", signature)).isFalse();
        assertThat(other.verifier().verifies(TEXT, signature)).isFalse();
        for (int at = 0; at < signature.length; at++) {
            byte[] flipped = signature.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            assertThat(signer.verifier().verifies(TEXT, flipped))
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anythingMalformedIsNoSignature(NoteAlgorithm algorithm) {
        NoteSigner signer = NoteSigner.of("lab-a.example/audit", algorithm);
        byte[] good = signature(signer);
        var random = new Random(9162);
        for (int length = 0; length < 130; length++) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            assertThat(signer.verifier().verifies(TEXT, noise)).isFalse();
            assertThat(signer.verifier().verifies(TEXT, new byte[length])).isFalse();
            if (length != good.length) {
                assertThat(signer.verifier().verifies(TEXT, Arrays.copyOf(good, length)))
                        .isFalse();
            }
        }
    }

    @Test
    void aCosignatureProvesItsTimeToo() {
        NoteSigner witness = NoteSigner.of("witness.example/w1", NoteAlgorithm.COSIGNATURE_V1);
        assertThat(witness.verifier().message(TEXT, 1_679_315_147))
                .asString(UTF_8)
                .isEqualTo("cosignature/v1\ntime 1679315147\n" + TEXT);
        Note note = new Note(TEXT, List.of(witness.cosign(TEXT, 1_679_315_147)));
        assertThat(note.isSignedBy(witness.verifier())).isTrue();
        assertThat(note.signatures().getFirst().signature()).hasSize(72).startsWith(0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb);
        assertThat(witness.verifier().verifies(TEXT, witness.sign(TEXT).signature()))
                .isFalse();
        for (long seconds : new long[] {0, Long.MAX_VALUE}) {
            assertThat(witness.verifier()
                            .verifies(TEXT, witness.cosign(TEXT, seconds).signature()))
                    .isTrue();
        }
        assertThatThrownBy(() -> new TimedSignature(-1, new byte[64]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
    }

    @Test
    void aLogsSignatureIsNoCosignatureAndTheOtherWayRound() {
        NoteSigner log = NoteSigner.of("lab-a.example/audit", NoteAlgorithm.ED25519);
        NoteSigner witness = NoteSigner.of("lab-a.example/audit", NoteAlgorithm.COSIGNATURE_V1, log.keys());
        assertThat(log.verifier().keyId()).isNotEqualTo(witness.verifier().keyId());
        assertThat(log.verifier()).isNotEqualTo(witness.verifier());
        assertThat(log.verifier().verifies(TEXT, witness.cosign(TEXT, 7).signature()))
                .isFalse();
        assertThat(witness.verifier().verifies(TEXT, log.sign(TEXT).signature()))
                .isFalse();
    }

    private static byte[] signature(NoteSigner signer) {
        NoteSignature line =
                signer.verifier().algorithm().isTimed() ? signer.cosign(TEXT, 1_800_000_000) : signer.sign(TEXT);
        return line.signature();
    }
}
