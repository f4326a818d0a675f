package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** The ML-DSA-44 cosignatures of C2SP tlog-cosignature, made by a library that is not the verifier's. */
class MlDsaCosignatureTest {
    private static final BouncyCastleProvider OTHER = new BouncyCastleProvider();
    private static final String NAME = "witness.example.com/w1";
    private static final String ORIGIN = "example.com/behind-the-sofa";
    private static final long SIZE = 20_852_163;
    private static final long SECONDS = 1_679_315_147;
    private static final byte[] ROOT = Base64.getDecoder().decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    private static final String TEXT = ORIGIN + "\n" + SIZE + "\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private static final int SIGNATURE_BYTES = 2_420;
    private static final KeyPair KEYS = keys();
    private static final VerifierKey KEY = VerifierKey.of(
            new KeyName(NAME), NoteAlgorithm.ML_DSA_44, KEYS.getPublic().getEncoded());

    @Test
    void aCosignatureIsOverTheTreeTheTimeAndTheCosignersName() throws Exception {
        NoteSignature line = KEY.line(cosignature(SECONDS, message(NAME, SECONDS, ORIGIN, SIZE, ROOT)));
        assertThat(line.signature()).hasSize(Long.BYTES + SIGNATURE_BYTES);
        assertThat(KEY.message(TEXT, SECONDS)).isEqualTo(message(NAME, SECONDS, ORIGIN, SIZE, ROOT));
        assertThat(new Note(TEXT, List.of(line)).isSignedBy(KEY)).isTrue();
        assertThat(KEY.time(line)).hasValue(SECONDS);
    }

    @Test
    void aCosignatureOfAnythingElseIsWrong() throws Exception {
        byte[] otherRoot = ROOT.clone();
        otherRoot[31] ^= 1;
        for (byte[] message : List.of(
                message("witness.example.com/w2", SECONDS, ORIGIN, SIZE, ROOT),
                message(NAME, SECONDS + 1, ORIGIN, SIZE, ROOT),
                message(NAME, SECONDS, ORIGIN + "2", SIZE, ROOT),
                message(NAME, SECONDS, ORIGIN, SIZE + 1, ROOT),
                message(NAME, SECONDS, ORIGIN, SIZE, otherRoot),
                TEXT.getBytes(UTF_8),
                ("cosignature/v1\ntime " + SECONDS + "\n" + TEXT).getBytes(UTF_8))) {
            assertThat(KEY.verifies(TEXT, KEY.line(cosignature(SECONDS, message))))
                    .isFalse();
        }
    }

    @Test
    void extensionLinesAreNotSigned() throws Exception {
        NoteSignature line = KEY.line(cosignature(SECONDS, message(NAME, SECONDS, ORIGIN, SIZE, ROOT)));
        assertThat(KEY.verifies(TEXT + "more\n", line)).isTrue();
        assertThat(KEY.verifies("no checkpoint\n", line)).isFalse();
    }

    @Test
    void itsVkeyHasTheTypeAndTheKeyIdOfTheSpecification() throws Exception {
        byte[] spki = KEYS.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(spki, spki.length - 1_312, spki.length);
        var hashed = new ByteArrayOutputStream();
        hashed.writeBytes((NAME + "\n").getBytes(UTF_8));
        hashed.write(0x06);
        hashed.writeBytes(raw);
        int keyId = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(hashed.toByteArray()))
                .getInt();
        assertThat(KEY.keyId()).isEqualTo(keyId);
        var typeAndKey = new ByteArrayOutputStream();
        typeAndKey.write(0x06);
        typeAndKey.writeBytes(raw);
        String vkey = "%s+%08x+%s".formatted(NAME, keyId, Base64.getEncoder().encodeToString(typeAndKey.toByteArray()));
        assertThat(KEY).hasToString(vkey).isEqualTo(VerifierKey.parse(vkey));
    }

    /** As the structure of the specification says, written down by another hand. */
    private static byte[] message(String name, long seconds, String origin, long end, byte[] hash) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeBytes("subtree/v1\n\0");
        out.writeByte(name.length());
        out.writeBytes(name);
        out.writeLong(seconds);
        out.writeByte(origin.length());
        out.writeBytes(origin);
        out.writeLong(0);
        out.writeLong(end);
        out.write(hash);
        return bytes.toByteArray();
    }

    private static byte[] cosignature(long seconds, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("ML-DSA-44", OTHER);
        signer.initSign(KEYS.getPrivate());
        signer.update(message);
        return new TimedSignature(seconds, signer.sign()).bytes();
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("ML-DSA-44", OTHER).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
