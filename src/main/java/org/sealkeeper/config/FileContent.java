package org.sealkeeper.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A file as it was at one moment. What it says is asked of the same bytes, whatever happens to the file. */
public final class FileContent {
    /** Above the largest honest revocation list, below what could exhaust memory. */
    private static final int MAX_BYTES = 16 << 20;

    private final Path path;
    private final byte[] bytes;
    /** Why there are no bytes; null where there are. */
    private final @Nullable IOException failure;

    private FileContent(Path path, byte[] bytes, @Nullable IOException failure) {
        this.path = path;
        this.bytes = bytes;
        this.failure = failure;
    }

    /** What lies there now; a file that cannot be read, or has more than 16 MiB, is remembered as such. */
    public static FileContent read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return new FileContent(path, in.readNBytes(MAX_BYTES + 1), null);
        } catch (IOException e) {
            return new FileContent(path, new byte[0], e);
        }
    }

    /**
     * What tells one version of a secret file from another, instead of the secret: its HMAC-SHA-256.
     *
     * @param key a random one of this process
     */
    public static FileContent ofSecret(Path path, SecretKey key) {
        FileContent secret = read(path);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return new FileContent(
                    path, secret.failure == null ? mac.doFinal(secret.bytes) : new byte[0], secret.failure);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        } finally {
            Arrays.fill(secret.bytes, (byte) 0);
        }
    }

    /** What came from elsewhere under this name. */
    public static FileContent of(Path path, byte[] bytes) {
        return new FileContent(path, bytes.clone(), null);
    }

    public Path path() {
        return path;
    }

    /**
     * Its bytes.
     *
     * @throws ConfigurationFault if there is none that can be read
     * @throws FileFault if its disk failed
     */
    public byte[] bytes() {
        require();
        return bytes.clone();
    }

    /**
     * Refuses a file that could not be read.
     *
     * @throws ConfigurationFault saying why
     * @throws FileFault if its disk failed
     */
    public void require() {
        if (failure != null) {
            throw FileFailure.unreadable(path, failure);
        }
        if (bytes.length > MAX_BYTES) {
            throw fault("expected at most " + MAX_BYTES + " bytes");
        }
    }

    /**
     * Its text, every byte of it: encoded in UTF-8 again it is the file.
     *
     * @throws ConfigurationFault if it could not be read, or is not UTF-8
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigurationFault(path + ": expected UTF-8, found another encoding", e);
        }
    }

    /** A fault that names the file. */
    public ConfigurationFault fault(String message) {
        return new ConfigurationFault(path + ": " + message);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent file
                && path.equals(file.path)
                && String.valueOf(failure).equals(String.valueOf(file.failure))
                && Arrays.equals(bytes, file.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
