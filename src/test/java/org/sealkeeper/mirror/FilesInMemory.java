package org.sealkeeper.mirror;

import java.util.Map;
import java.util.Optional;

/** A log whose files a test can change. */
record FilesInMemory(Map<String, byte[]> files) implements LogSource {

    @Override
    public Optional<byte[]> find(LogFile file) {
        return Optional.ofNullable(files.get(file.path()));
    }

    @Override
    public Optional<String> stray(LogShape shape) {
        return files.keySet().stream()
                .filter(path -> path.startsWith("tile/") && !shape.has(path))
                .findFirst();
    }
}
