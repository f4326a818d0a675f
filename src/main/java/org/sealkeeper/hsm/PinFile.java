package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
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

/** A PIN out of its file, in memory only until it is closed. Never a String: those cannot be wiped. */
final class PinFile implements AutoCloseable {
    private static final int MAX_BYTES = 256;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final char[] pin;

    private PinFile(char[] pin) {
        this.pin = pin;
    }

    /**
     * Reads a PIN; one line end at its end is not part of it.
     *
     * @throws ConfigurationFault if the file is missing, empty, too long, not UTF-8, or anyone but its owner may touch it
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
            throw new ConfigurationFault(file + ": the PIN file cannot be read: " + e.getMessage(), e);
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
            throw new ConfigurationFault(file + ": the PIN file cannot be deleted: " + e.getMessage(), e);
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

    private static char[] decode(Path file, byte[] bytes) throws IOException {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
        }
        if (length == 0 || length > MAX_BYTES) {
            throw new ConfigurationFault(file + ": expected a PIN of 1 to " + MAX_BYTES + " bytes, found "
                    + (length == 0 ? "none" : "more"));
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            char[] pin = new char[decoded.remaining()];
            decoded.get(pin);
            Arrays.fill(decoded.array(), '\0');
            return pin;
        } catch (CharacterCodingException e) {
            throw new ConfigurationFault(file + ": expected a PIN in UTF-8", e);
        }
    }
}
