package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.files.WholeFile;

/**
 * The user PINs that a token refused, in a file: so that a process that is started over and over tries each of them once. A token counts wrong
 * PINs, and locks.
 *
 * <p>A line for each, the latest last: a random salt of 16 bytes and 32 bytes of PBKDF2-HMAC-SHA-256 (RFC 8018 section 5.2) of the PIN, both in
 * hex. A reader of the file may guess PINs, slowly, and finds out which were wrong.
 *
 * @param file need not be there
 */
record RefusedPins(Path file) {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;
    private static final int ITERATIONS = 210_000;
    private static final int MOST_LINES = 8;
    private static final int LINE_DIGITS = 2 * SALT_BYTES + KEY_BITS / 4;

    /**
     * Whether it was refused before.
     *
     * @throws ConfigurationFault if the file is not one of ours
     */
    boolean contains(char[] pin) {
        return lines().stream().anyMatch(line -> isOf(pin, line));
    }

    /** Adds it. If we crash before, it may be tried once more. */
    void add(char[] pin) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        List<String> lines = new ArrayList<>(lines());
        lines.add(HexFormat.of().formatHex(salt) + HexFormat.of().formatHex(digest(pin, salt)));
        List<String> latest = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        try {
            WholeFile.write(file, out -> out.write((String.join("\n", latest) + "\n").getBytes(US_ASCII)));
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    /** Forgets them all: the token has let a PIN in, and a PIN it refused may be its next one. */
    void clear() {
        try {
            boolean _ = Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileFailure.unwritable(file, e);
        }
    }

    private List<String> lines() {
        try {
            List<String> lines = Files.readAllLines(file, US_ASCII);
            if (lines.stream().anyMatch(line -> !line.matches("[0-9a-f]{" + LINE_DIGITS + "}"))) {
                throw new ConfigurationFault(file + ": expected lines of " + LINE_DIGITS
                        + " hexadecimal digits, one for each refused PIN, found another; no login was tried; delete the file"
                        + " if the PIN is right");
            }
            return lines;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }

    private static boolean isOf(char[] pin, String line) {
        byte[] salt = HexFormat.of().parseHex(line, 0, 2 * SALT_BYTES);
        byte[] digest = HexFormat.of().parseHex(line, 2 * SALT_BYTES, line.length());
        return MessageDigest.isEqual(digest, digest(pin, salt));
    }

    private static byte[] digest(char[] pin, byte[] salt) {
        var spec = new PBEKeySpec(pin, salt, ITERATIONS, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
