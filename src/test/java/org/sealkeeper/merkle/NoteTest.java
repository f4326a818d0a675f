package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed notes: the published example, one made in a token, and everything that is none. */
class NoteTest {
    private static final String LINE =
            "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    /** The example of C2SP signed-note. */
    private static final String EXAMPLE = "This is an example message.\n\n" + LINE;

    private static final VerifierKey EXAMPLE_KEY =
            VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    /** The empty tree, signed with an Ed25519 and an ECDSA key in a token; checked with openssl and Go. */
    private static final String TWO_LINES = """
            appliance.example/audit
            0
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

            \u2014 appliance.example/audit yMovZsz28RiwXqxWDdZiOCCI6iNs7dXs92tF6gzrUxkvdxtW3aqnUAla9nTvpq/UbkPoqNWh31QfROQleFwL7wagCwU=
            \u2014 appliance.example/audit 1hVaUDBEAiAdU/4h9riciUjR1yDlYt3bLnauSNW4i9LslIWBPDCdCQIgFQUnIWTyC+Q3zTV3PEgXpAbFvmYo/Z81alDkIlpajUQ=
            """;

    private static final VerifierKey ED25519 =
            VerifierKey.parse("appliance.example/audit+c8ca2f66+AZ6V2xQWR4K+8ObtkzwE6jzRjDc17//CERFD++0N/rkW");
    private static final VerifierKey ECDSA = VerifierKey.parse(
            "appliance.example/audit+d6155a50+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABObT4JKje8K6+juz4Z0Z8hiSGy2s0FVMu7qsovpArfxHnXdFmsQKSMWbI0Jslhf7VD6mj01pHtr+wByJ6cqsb4A=");

    @Test
    void thePublishedExampleIsSigned() {
        Note note = parse(EXAMPLE);
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.isSignedBy(EXAMPLE_KEY)).isTrue();
        assertThat(note.isSignedBy(ED25519)).isFalse();
        assertThat(note.toString()).isEqualTo(EXAMPLE);
        assertThat(note.bytes()).isEqualTo(EXAMPLE.getBytes(UTF_8));
    }

    @Test
    void aNoteIsSignedByEachOfItsTwoKeys() {
        Note note = parse(TWO_LINES);
        assertThat(note.isSignedBy(ED25519)).isTrue();
        assertThat(note.isSignedBy(ECDSA)).isTrue();
        assertThat(Checkpoint.parse(note.text()).root()).isEqualTo(TreeHash.EMPTY_ROOT);
    }

    @Test
    void noNoteWithAnyBitFlippedIsSigned() {
        for (int bit = 0; bit < EXAMPLE.getBytes(UTF_8).length * Byte.SIZE; bit++) {
            assertThat(isSigned(flipped(EXAMPLE, bit), EXAMPLE_KEY))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void noNoteWithABitOfAnyByteFlippedIsSignedByBothItsKeys() {
        for (int at = 0; at < TWO_LINES.getBytes(UTF_8).length; at++) {
            byte[] note = flipped(TWO_LINES, at * Byte.SIZE + at % Byte.SIZE);
            assertThat(isSigned(note, ECDSA) && isSigned(note, ED25519))
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource
    void everyOtherFormIsRefused(byte[] bytes) {
        assertThatThrownBy(() -> Note.parse(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    static Stream<byte[]> everyOtherFormIsRefused() {
        String base64 = LINE.substring(LINE.lastIndexOf(' ') + 1).strip();
        return Stream.concat(
                Stream.of(
                                "",
                                "\n",
                                "\n\n",
                                LINE,
                                "\n" + LINE,
                                "text\n",
                                "text\n\n",
                                "text\n\n\n",
                                "text\n" + LINE,
                                EXAMPLE.strip(),
                                EXAMPLE + "\n",
                                EXAMPLE + "more",
                                EXAMPLE + "more\n",
                                EXAMPLE + "\nmore\n",
                                EXAMPLE + LINE.strip(),
                                EXAMPLE.replace("\n", "\r\n"),
                                EXAMPLE.replace("an example", "an\texample"),
                                EXAMPLE.replace("an example", "an\0example"),
                                EXAMPLE.replace("an example", "an\u001bexample"),
                                EXAMPLE.replace("\u2014 ", "-- "),
                                EXAMPLE.replace("\u2014 ", "\u2013 "),
                                EXAMPLE.replace("\u2014 ", "\u2014"),
                                EXAMPLE.replace("\u2014 ", "\u2014  "),
                                EXAMPLE.replace("\u2014 ", " \u2014 "),
                                EXAMPLE.replace("\u2014 ", "\u2014\u00a0"),
                                EXAMPLE.replace("example.com/foo ", ""),
                                EXAMPLE.replace("example.com/foo", ""),
                                EXAMPLE.replace("example.com/foo ", "example.com/foo  "),
                                EXAMPLE.replace("example.com/foo", "example.com/f+o"),
                                EXAMPLE.replace("example.com/foo", "example.com/f o"),
                                EXAMPLE.replace("example.com/foo", "example.com/f\u00a0o"),
                                EXAMPLE.replace("example.com/foo", "example.com/f\u3000o"),
                                EXAMPLE.replace("example.com/foo", "example.com/f\u0085o"),
                                EXAMPLE.replace("example.com/foo", "example.com/f\ro"),
                                EXAMPLE.replace(base64, ""),
                                EXAMPLE.replace(base64, "Uw2QOg=="),
                                EXAMPLE.replace(base64, "Uw2Q"),
                                EXAMPLE.replace("yaQM=", "yaQM=="),
                                EXAMPLE.replace("yaQM=", "yaQM= "),
                                EXAMPLE.replace("Uw2QOkn8", "Uw2Q\nOkn8"),
                                EXAMPLE.replace("Uw2QOkn8", "Uw2Q Okn8"),
                                EXAMPLE.replace("tg1ERY", "tg1_RY"),
                                EXAMPLE + LINE.repeat(100),
                                "x".repeat(Note.MAX_BYTES) + EXAMPLE)
                        .map(text -> text.getBytes(UTF_8)),
                Stream.of(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})
                        .map(bad -> joined(bad, EXAMPLE.getBytes(UTF_8))));
    }

    @Test
    void aNoteHasUpTo100SignatureLines() {
        assertThat(parse(EXAMPLE + LINE.repeat(99)).signatures()).hasSize(100);
        Note note = parse(EXAMPLE + LINE.repeat(99));
        assertThatThrownBy(() -> note.with(note.signatures().getFirst())).hasMessageContaining("found 101");
    }

    @Test
    void theTextEndsAtTheLastEmptyLine() {
        for (String text : new String[] {"\n", "\n\n", "a\n\nb\n", "a\n\n", "\u2014 a b\n\nc\n", "\u00e4\u007f\n"}) {
            Note note = parse(text + "\n" + LINE);
            assertThat(note.text()).isEqualTo(text);
            assertThat(note.toString()).isEqualTo(text + "\n" + LINE);
        }
    }

    @Test
    void aTextThatIsNoneIsRefused() {
        List<NoteSignature> lines = parse(EXAMPLE).signatures();
        for (String text : new String[] {"", "a", "a\r\n", "a\ud800\n", "\udc00a\n", "\udc00\ud800\n"}) {
            assertThatThrownBy(() -> new Note(text, lines)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Note("a\n", List.of())).hasMessageContaining("found 0");
    }

    @Test
    void aWrongLineOfAKnownKeyMakesTheNoteWorthless() {
        Note note = parse(EXAMPLE).with(EXAMPLE_KEY.line(new byte[64]));
        assertThatThrownBy(() -> note.isSignedBy(EXAMPLE_KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example.com/foo+530d903a");
    }

    @Test
    void linesOfUnknownKeysAreNoMatterEvenWithTheSameNameOrKeyId() {
        Note note = parse(EXAMPLE)
                .with(NoteSignature.of(EXAMPLE_KEY.name(), 7, new byte[64]))
                .with(NoteSignature.of(new KeyName("example.org"), EXAMPLE_KEY.keyId(), new byte[64]));
        assertThat(note.isSignedBy(EXAMPLE_KEY)).isTrue();
        assertThat(Note.parse(note.bytes())).isEqualTo(note).hasSameHashCodeAs(note);
    }

    /** C2SP signed-note: at least 16 signatures, of nearly 5 kB each; lines of unknown keys are ignored. */
    @Test
    void manyLongLinesOfUnknownKeysAreNoMatter() {
        Note note = parse(EXAMPLE).with(NoteSignature.of(new KeyName("n".repeat(10_000)), 7, new byte[64]));
        for (int line = 0; line < 99 - 1; line++) {
            note = note.with(NoteSignature.of(new KeyName("other.example/" + line), line, new byte[4_950]));
        }
        assertThat(note.bytes().length).isLessThan(Note.MAX_BYTES);
        Note read = Note.parse(note.bytes());
        assertThat(read).isEqualTo(note);
        assertThat(read.isSignedBy(EXAMPLE_KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaQN=", "yaQM"})
    void aLineInAnotherSpellingIsPassedOnAndIsNoSignatureOfAKnownKey(String end) {
        String other = EXAMPLE.replace("yaQM=", end);
        Note note = parse(other);
        assertThat(note).hasToString(other);
        assertThat(note.isSignedBy(ED25519)).isFalse();
        assertThatThrownBy(() -> note.isSignedBy(EXAMPLE_KEY)).hasMessageContaining("found a wrong one");
    }

    @Test
    void signatureLinesAloneAreReadToo() {
        assertThat(Note.signatures("")).isEmpty();
        assertThat(Note.signatures(LINE + LINE)).hasSize(2).allMatch(EXAMPLE_KEY::isMeantBy);
        assertThatThrownBy(() -> Note.signatures(LINE.strip())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Note.signatures("\n" + LINE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NoteSignature.of(EXAMPLE_KEY.name(), 7, new byte[0]))
                .hasMessageContaining("found 4 bytes");
    }

    private static boolean isSigned(byte[] note, VerifierKey key) {
        try {
            return Note.parse(note).isSignedBy(key);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static byte[] flipped(String note, int bit) {
        byte[] flipped = note.getBytes(UTF_8);
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    private static Note parse(String note) {
        return Note.parse(note.getBytes(UTF_8));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
