package org.sealkeeper.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.ledger.verification.ChainVerdict;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.verify.KeyStates;
import org.sealkeeper.verify.PublicKeyFile;
import org.sealkeeper.verify.PublicKeySet;
import org.sealkeeper.verify.StrictUtf8;
import org.sealkeeper.verify.TrustedKeys;

/** A file named on the command line, where {@code -} names standard input. */
public final class InputFile {
    private static final Path STANDARD_INPUT = Path.of("-");

    private InputFile() {}

    /** Whether it names standard input. */
    public static boolean isStandardInput(Path file) {
        return file.equals(STANDARD_INPUT);
    }

    /** Opens it; the caller closes it. */
    public static InputStream open(Path file) {
        try {
            return isStandardInput(file) ? System.in : Files.newInputStream(file);
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }

    /** Its bytes, at most so many. */
    public static byte[] bytes(Path file, int max) {
        try (InputStream input = open(file)) {
            byte[] bytes = input.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new ConfigurationFault(file + ": expected at most " + max + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }

    /** Its text, at most so many bytes; a byte order mark before it is no part of it. */
    public static String text(Path file, int max) {
        try {
            return StrictUtf8.decode(StrictUtf8.withoutByteOrderMark(bytes(file, max)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }

    /** A line of signed blocks that cannot be read. What is no signed block is no sign of tampering. */
    public static ConfigurationFault malformed(Path file, ChainVerdict.Malformed malformed) {
        return new ConfigurationFault(
                file + ": line " + malformed.line() + ": " + malformed.reason() + "; no signature was judged here");
    }

    /** Certificates or a private key. */
    public static KeyFile keyFile(Path file) {
        return file.equals(STANDARD_INPUT)
                ? new KeyFile(FileContent.of(file, bytes(file, PublicKeyFile.MAX_BYTES)))
                : KeyFile.read(file);
    }

    /**
     * The public keys in it.
     *
     * @param isAnyKid whether a {@code kid} of a JWK Set may be another than the thumbprint of its key
     */
    public static PublicKeySet keys(Path file, boolean isAnyKid) {
        byte[] bytes = StrictUtf8.withoutByteOrderMark(bytes(file, PublicKeyFile.MAX_BYTES));
        try {
            return PublicKeyFile.parse(bytes, isAnyKid);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }

    /** The states of keys, as an appliance exports them. */
    public static KeyStates keyStates(Path file) {
        try {
            return KeyStates.parse(text(file, PublicKeyFile.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }

    /** The public keys in all of them, and no others. */
    public static TrustedKeys trusted(List<Path> files) {
        return TrustedKeys.of(files.stream().map(file -> keys(file, false)).toList());
    }
}
