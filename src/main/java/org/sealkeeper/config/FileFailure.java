package org.sealkeeper.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Tells why a file could not be read or written: what was named is wrong (a {@link ConfigurationFault}), or the disk is full or fails
 * (a {@link FileFault}), which may pass.
 */
public final class FileFailure {
    /** The operating system's answers about a name; the JDK passes them on as text alone, in the language that launchers fix. */
    private static final Set<String> ABOUT_THE_NAME = Set.of(
            "Is a directory",
            "Not a directory",
            "File name too long",
            "Too many levels of symbolic links",
            "No such device or address");

    private FileFailure() {}

    /** What to throw where a file could not be read. */
    public static RuntimeException unreadable(Path file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> new ConfigurationFault(file + ": expected a file here, found none", failure);
            case AccessDeniedException _ ->
                new ConfigurationFault(
                        file + ": expected a file that " + System.getProperty("user.name")
                                + " may read, but permission is denied",
                        failure);
            case CharacterCodingException _ ->
                new ConfigurationFault(file + ": expected UTF-8, found another encoding", failure);
            default -> failed(file + ": cannot be read: ", failure);
        };
    }

    /** What to throw where a file could not be written, or made. */
    public static RuntimeException unwritable(Path file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing ->
                new ConfigurationFault(
                        file + ": cannot be written: expected its folder to exist, found none: " + missing.getFile(),
                        failure);
            case AccessDeniedException denied ->
                new ConfigurationFault(
                        file + ": cannot be written: " + System.getProperty("user.name") + " has no permission for "
                                + denied.getFile() + "; run this as its owner, or correct the owner",
                        failure);
            case FileAlreadyExistsException other ->
                new ConfigurationFault(
                        file + ": cannot be written: expected a folder, found a file: " + other.getFile(), failure);
            default -> failed(file + ": cannot be written: ", failure);
        };
    }

    private static RuntimeException failed(String what, IOException failure) {
        String answer = answer(failure);
        return ABOUT_THE_NAME.stream().anyMatch(answer::startsWith)
                ? new ConfigurationFault(what + answer + "; correct the path", failure)
                : new FileFault(what + answer + "; see the disk and the system's log, then try again", failure);
    }

    private static String answer(IOException failure) {
        return Optional.of(failure)
                .filter(FileSystemException.class::isInstance)
                .map(ofFile -> ((FileSystemException) ofFile).getReason())
                .orElse(String.valueOf(failure.getMessage()));
    }
}
