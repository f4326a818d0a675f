package org.sealkeeper.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A PIN, a password or a token out of its file, in memory only until it is closed. Never a String: those cannot be wiped. */
public final class SecretFile implements AutoCloseable {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte DELETE = 0x7f;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final char[] secret;

    private SecretFile(char[] secret) {
        this.secret = secret;
    }

    /** What such a file holds, as its owner calls it. */
    public enum Kind {
        PIN("PIN", 256),
        PASSWORD("password", 256),
        BEARER_TOKEN("bearer token", 8_192);

        private final String word;
        private final int maxBytes;

        Kind(String word, int maxBytes) {
            this.word = word;
            this.maxBytes = maxBytes;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * Reads a secret; one line end at its end, LF or CRLF, is not part of it.
     *
     * @throws ConfigurationFault if the file is missing, empty or too long, if others than its owner may touch it, or if a byte of
     *     it cannot be meant: a token would count it as a wrong PIN
     * @throws FileFault if its disk failed
     */
    public static SecretFile open(Path file, Kind kind) {
        byte[] bytes = {};
        try {
            refuseOthers(file, kind);
            bytes = Files.readAllBytes(file);
            return new SecretFile(decode(file, kind, bytes));
        } catch (NoSuchFileException e) {
            throw new ConfigurationFault(file + ": expected a " + kind + " file here, found none", e);
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The secret itself; wiped when this is closed, so do not keep it. */
    public char[] chars() {
        return secret;
    }

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }

    private static void refuseOthers(Path file, Kind kind) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(found)) {
            throw new ConfigurationFault(
                    file + ": expected a " + kind + " file only its owner may read (rw-------), found "
                            + PosixFilePermissions.toString(found) + "; run: chmod 600 " + file);
        }
    }

    private static char[] decode(Path file, Kind kind, byte[] bytes) {
        int length = withoutLineEnd(bytes);
        if (length == 0 || length > kind.maxBytes) {
            throw new ConfigurationFault(file + ": expected a " + kind + " of 1 to " + kind.maxBytes + " bytes, found "
                    + (length == 0 ? "none" : "more"));
        }
        CharBuffer decoded = CharBuffer.allocate(length);
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        try {
            if (StandardCharsets.UTF_8.newDecoder().decode(rest, decoded, true).isError()) {
                throw unmeant(file, kind, rest.position(), bytes, "another encoding");
            }
            refuseWhatIsNotMeant(file, kind, bytes, length);
            return Arrays.copyOf(decoded.array(), decoded.position());
        } finally {
            Arrays.fill(decoded.array(), '\0');
        }
    }

    /** One line end, LF or CRLF, is an editor's and not the secret's. */
    private static int withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }

    /** A token would count it as a wrong PIN, and after a few of those lock. */
    private static void refuseWhatIsNotMeant(Path file, Kind kind, byte[] bytes, int length) {
        if (length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            throw unmeant(file, kind, 0, bytes, "the first of a byte order mark");
        }
        for (int i = 0; i < length; i++) {
            boolean isAtAnEnd = i == 0 || i == length - 1;
            if (bytes[i] >= 0 && (bytes[i] < ' ' || bytes[i] == DELETE)) {
                throw unmeant(file, kind, i, bytes, "a control character");
            }
            if (bytes[i] == ' ' && isAtAnEnd) {
                throw unmeant(file, kind, i, bytes, "a blank");
            }
        }
    }

    private static ConfigurationFault unmeant(Path file, Kind kind, int index, byte[] bytes, String what) {
        return new ConfigurationFault(
                "%s: expected a %s in UTF-8 and at most one line end behind it, found %s: byte %d is 0x%02x; correct"
                                .formatted(file, kind, what, index + 1, bytes[index])
                        + " the file; no login was tried");
    }
}
