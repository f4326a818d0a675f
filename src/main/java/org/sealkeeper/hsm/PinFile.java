package org.sealkeeper.hsm;

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
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;

/** A PIN out of its file, in memory only until it is closed. Never a String: those cannot be wiped. */
final class PinFile implements AutoCloseable {
    private static final int MAX_BYTES = 256;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte DELETE = 0x7f;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final char[] pin;

    private PinFile(char[] pin) {
        this.pin = pin;
    }

    /**
     * Reads a PIN; one line end at its end, LF or CRLF, is not part of it.
     *
     * @throws ConfigurationFault if the file is missing, empty or too long, if others than its owner may touch it, or if a byte of
     *     it cannot be meant: the token would count it as a wrong PIN
     * @throws org.sealkeeper.config.FileFault if its disk failed
     */
    static PinFile open(Path file) {
        byte[] bytes = {};
        try {
            refuseOthers(file);
            bytes = Files.readAllBytes(file);
            return new PinFile(decode(file, bytes));
        } catch (NoSuchFileException e) {
            throw new ConfigurationFault(file + ": expected a PIN file here, found none", e);
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The PIN itself; wiped when this is closed, so do not keep it. */
    char[] chars() {
        return pin;
    }

    @Override
    public void close() {
        Arrays.fill(pin, '\0');
    }

    /** Refuses to go on where a PIN file, of whatever token, lies already. */
    static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw exists(file);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    static ConfigurationFault exists(Path file) {
        return new ConfigurationFault(
                file + ": a file exists already and is never overwritten; if it is left from a token "
                        + "that was never finished, remove it, else name another file");
    }

    private static void refuseOthers(Path file) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(found)) {
            throw new ConfigurationFault(file + ": expected a PIN file only its owner may read (rw-------), found "
                    + PosixFilePermissions.toString(found) + "; run: chmod 600 " + file);
        }
    }

    private static char[] decode(Path file, byte[] bytes) {
        int length = withoutLineEnd(bytes);
        if (length == 0 || length > MAX_BYTES) {
            throw new ConfigurationFault(file + ": expected a PIN of 1 to " + MAX_BYTES + " bytes, found "
                    + (length == 0 ? "none" : "more"));
        }
        CharBuffer decoded = CharBuffer.allocate(length);
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        try {
            if (StandardCharsets.UTF_8.newDecoder().decode(rest, decoded, true).isError()) {
                throw unmeant(file, rest.position(), bytes, "another encoding");
            }
            refuseWhatIsNotMeant(file, bytes, length);
            return Arrays.copyOf(decoded.array(), decoded.position());
        } finally {
            Arrays.fill(decoded.array(), '\0');
        }
    }

    /** One line end, LF or CRLF, is an editor's and not the PIN's. */
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

    /** The token would count it as a wrong PIN, and after a few of those lock. */
    private static void refuseWhatIsNotMeant(Path file, byte[] bytes, int length) {
        if (length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            throw unmeant(file, 0, bytes, "the first of a byte order mark");
        }
        for (int i = 0; i < length; i++) {
            boolean isAtAnEnd = i == 0 || i == length - 1;
            if (bytes[i] >= 0 && (bytes[i] < ' ' || bytes[i] == DELETE)) {
                throw unmeant(file, i, bytes, "a control character");
            }
            if (bytes[i] == ' ' && isAtAnEnd) {
                throw unmeant(file, i, bytes, "a blank");
            }
        }
    }

    private static ConfigurationFault unmeant(Path file, int index, byte[] bytes, String what) {
        return new ConfigurationFault(
                "%s: expected a PIN in UTF-8 and at most one line end behind it, found %s: byte %d is 0x%02x; correct"
                                .formatted(file, what, index + 1, bytes[index])
                        + " the file; no login was tried");
    }
}
