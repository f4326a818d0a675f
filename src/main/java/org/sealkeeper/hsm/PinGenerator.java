package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.sealkeeper.config.FileFailure;

/** Makes random PINs, straight into files only their owner can read. */
public final class PinGenerator {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** 24 characters of 62 are 142 bits. */
    private static final int LENGTH = 24;

    private final SecureRandom random;

    public PinGenerator(SecureRandom random) {
        this.random = random;
    }

    /** Writes a new PIN, durably, to a new file of mode 0600; an existing file is refused. */
    void write(Path file) {
        byte[] pin = new byte[LENGTH];
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            for (int i = 0; i < LENGTH; i++) {
                pin[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            }
            writeNew(file, pin);
        } catch (FileAlreadyExistsException e) {
            throw PinFile.exists(file);
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private static void writeNew(Path file, byte[] pin) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var newFile = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        FileChannel channel = FileChannel.open(file, newFile, ownerOnly);
        try (channel) {
            ByteBuffer rest = ByteBuffer.wrap(pin);
            while (rest.hasRemaining()) {
                int _ = channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file); // half a PIN would be taken for one
            throw e;
        }
    }
}
