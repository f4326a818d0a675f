package org.sealkeeper.keys.provisioning;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.config.StoreLocation;

/** Held by the one process that makes keys; the operating system takes it back from a process that dies. */
public final class ProvisioningLock implements AutoCloseable {
    private final FileChannel file;
    private final FileLock lock;

    private ProvisioningLock(FileChannel file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Takes the lock of a store, a file beside it.
     *
     * @throws ConfigurationFault if another process holds it
     */
    public static ProvisioningLock take(StoreLocation store) {
        Path path = store.beside(".keys-lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(file);
            if (lock.isEmpty()) {
                file.close();
                throw new ConfigurationFault(
                        path + ": another command that changes keys is running on this store; let it end");
            }
            return new ProvisioningLock(file, lock.get());
        } catch (IOException e) {
            throw FileFailure.unwritable(path, e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /**
     * Lets the work go on that needs it.
     *
     * @throws IllegalStateException if it was released
     */
    public void requireHeld() {
        if (!lock.isValid()) {
            throw new IllegalStateException("expected the provisioning lock to be held");
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new ConfigurationFault("the provisioning lock cannot be released: " + e.getMessage(), e);
        }
    }
}
