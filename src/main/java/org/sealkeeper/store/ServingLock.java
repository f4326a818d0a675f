package org.sealkeeper.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.StoreLocation;

/** Held by the one process that signs from a store; the operating system takes it back from a process that dies. */
public final class ServingLock implements AutoCloseable {
    static final String ENDING = ".serving-lock";

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
    public static ServingLock take(StoreLocation store) {
        return tryTake(store)
                .orElseThrow(() -> new StoreFault(
                        store.beside(ENDING) + ": an appliance runs on this store; stop it first", null));
    }

    /**
     * As above; empty where another process holds it.
     *
     * @throws StoreFault if it belongs to another user
     */
    public static Optional<ServingLock> tryTake(StoreLocation store) {
        Path path = store.beside(ENDING);
        try {
            FileChannel lock = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lock) == null) {
                lock.close();
                return Optional.empty();
            }
            return Optional.of(new ServingLock(lock));
        } catch (IOException e) {
            throw OpeningFailure.ofFile(store instanceof StoreLocation.Embedded(Path file) ? file : path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
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
