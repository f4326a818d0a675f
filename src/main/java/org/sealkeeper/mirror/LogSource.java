package org.sealkeeper.mirror;

import java.util.Optional;

/** Where a log is read from. Nothing it gives is believed before it is verified. */
public interface LogSource extends AutoCloseable {

    /**
     * The bytes of a file; empty where there is none.
     *
     * @throws InvalidLog if it is longer than such a file can be
     * @throws SourceFault if it cannot be read: the log is then neither valid nor invalid
     */
    Optional<byte[]> find(LogFile file);

    /**
     * The bytes of a file.
     *
     * @throws MalformedLog if there is no checkpoint
     * @throws InvalidLog if there is no other file that a log of its checkpoint must have, or it is longer than such a file can be
     * @throws SourceFault if it cannot be read
     */
    default byte[] read(LogFile file) {
        return find(file).orElseThrow(() -> {
            String reason = "expected this file, found none";
            return file.equals(LogFile.CHECKPOINT)
                    ? new MalformedLog(file.path(), reason)
                    : new InvalidLog(file.path(), reason);
        });
    }

    /** The path of a file that a log of this shape does not have; empty where there is none, or the source cannot list its files. */
    default Optional<String> stray(LogShape shape) {
        return Optional.empty();
    }

    /** Ends what is under way, where anything can be. */
    @Override
    default void close() {}
}
