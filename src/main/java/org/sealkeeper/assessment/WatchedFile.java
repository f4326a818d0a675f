package org.sealkeeper.assessment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;

/**
 * A file or folder that others could read or change, as it lies there.
 *
 * @param owner the name of its user
 */
public record WatchedFile(Path path, Kind kind, Set<PosixFilePermission> modes, String owner) {
    public WatchedFile {
        modes = Set.copyOf(modes);
    }

    /** Who must not touch it. */
    public enum Kind {
        /** A PIN, a password or a private key: its owner alone. */
        SECRET,
        /** The store, whose justifications may tell of patients: its owner alone. */
        PRIVATE,
        /** What says whom and what the appliance trusts: others may read it, and never change it. */
        TRUSTED
    }

    /**
     * Looks at one.
     *
     * @throws ConfigurationFault if it is not there, or lies where files have no owner
     * @throws org.sealkeeper.config.FileFault if its disk failed
     */
    public static WatchedFile of(Path path, Kind kind) {
        try {
            var attributes = Files.readAttributes(path, PosixFileAttributes.class);
            return new WatchedFile(
                    path, kind, attributes.permissions(), attributes.owner().getName());
        } catch (UnsupportedOperationException e) {
            throw new ConfigurationFault(path + ": expected a file system that knows owners and modes", e);
        } catch (IOException e) {
            throw FileFailure.unreadable(path, e);
        }
    }
}
