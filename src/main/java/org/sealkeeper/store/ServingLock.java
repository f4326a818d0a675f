package org.sealkeeper.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held by the one process that signs from a store; the operating system takes it back from a process that dies. */
public final class ServingLock implements AutoCloseable {
    private final FileChannel file;

    private ServingLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock of a store, a file beside it.
     *
     * @throws StoreFault if another process holds it, or it belongs to another user
     * @throws org.sealkeeper.config.ConfigurationFault if there is no folder of a store
     */
    public static ServingLock take(Path store) {
        Path path = store.resolveSibling(store.getFileName() + ".serving-lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(file) == null) {
                file.close();
                throw new StoreFault(path + ": an appliance runs on this store; stop it first", null);
            }
            return new ServingLock(file);
        } catch (IOException e) {
            throw OpeningFailure.ofFile(store, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreFault("the store's lock cannot be released: " + e.getMessage(), e);
        }
    }
}
