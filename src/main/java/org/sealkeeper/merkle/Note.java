package org.sealkeeper.merkle;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signatures under it (C2SP signed-note).
 *
 * @param text ends with a line feed, which is signed too; no other control characters
 * @param signatures 1 to 100
 */
public record Note(String text, List<NoteSignature> signatures) {
    /** Room for a hundred signatures of ML-DSA-87, 4,627 bytes each. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_SIGNATURES = 100;

    public Note {
        if (!text.endsWith("\n") || text.chars().anyMatch(character -> character < ' ' && character != '\n')) {
            throw new IllegalArgumentException(
                    "expected a text that ends with a line feed, without control characters");
        }
        utf8(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MAX_SIGNATURES + " signature lines, found " + signatures.size());
        }
    }

    /**
     * Reads a signed note.
     *
     * @throws IllegalArgumentException for anything that is not exactly one, of at most {@value #MAX_BYTES} bytes
     */
    public static Note parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("expected a note of at most " + MAX_BYTES + " bytes");
        }
        String note = utf8(bytes);
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("expected a text, an empty line and signature lines");
        }
        return new Note(note.substring(0, gap + 1), signatures(note.substring(gap + 2)));
    }

    /**
     * Reads signature lines alone.
     *
     * @throws IllegalArgumentException unless each is one, ended by a line feed
     */
    public static List<NoteSignature> signatures(String lines) {
        List<NoteSignature> signatures = new ArrayList<>();
        int from = 0;
        while (from < lines.length()) {
            int end = lines.indexOf('\n', from);
            if (end < 0 || signatures.size() == MAX_SIGNATURES) {
                throw new IllegalArgumentException("expected at most " + MAX_SIGNATURES + " whole signature lines");
            }
            signatures.add(NoteSignature.parse(lines.substring(from, end)));
            from = end + 1;
        }
        return signatures;
    }

    /** This note with one more signature under it. */
    public Note with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    /**
     * Whether this key signed the text.
     *
     * @throws IllegalArgumentException if there is a line of this key that is not its signature: the whole note is then
     *     invalid
     */
    public boolean isSignedBy(VerifierKey key) {
        boolean signed = false;
        for (NoteSignature line : signatures) {
            if (key.isMeantBy(line)) {
                if (!key.verifies(text, line)) {
                    throw new IllegalArgumentException(
                            "expected the signature of " + key.name() + "+" + key.keyIdText() + ", found a wrong one");
                }
                signed = true;
            }
        }
        return signed;
    }

    /** The whole note as text. */
    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()).append('\n'));
        return note.toString();
    }

    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Unlike {@link String#getBytes}, does not make a question mark of half a character. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected Unicode, found half a surrogate pair", e);
        }
    }

    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("expected UTF-8", e);
        }
    }
}
