package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The memory that a test shares with {@code src/test/native/faulty}, whose {@code control.c} tells of its layout. */
final class FaultControl {
    static final int MOST_FAULTS = 4096;
    private static final int FUNCTIONS = 68;
    private static final int FUNCTIONS_OFFSET = 64;
    private static final int FUNCTION_BYTES = 64;
    private static final int CALLS_OFFSET = 48;
    private static final int FAULTS_OFFSET = 56;
    private static final long MATCHES_OFFSET = FUNCTIONS_OFFSET + FUNCTIONS * FUNCTION_BYTES;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;

    private FaultControl(MemorySegment memory) {
        this.memory = memory;
    }

    static FaultControl create(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
            long size = MATCHES_OFFSET + MOST_FAULTS * Long.BYTES;
            return new FaultControl(channel.map(FileChannel.MapMode.READ_WRITE, 0, size, Arena.ofAuto()));
        }
    }

    /** Has every process read the rules anew, at its next call. */
    void announce() {
        long _ = (long) LONG.getAndAdd(memory, 0L, 1L);
    }

    long calls(String function) {
        return count(function, CALLS_OFFSET);
    }

    long faults(String function) {
        return count(function, FAULTS_OFFSET);
    }

    long matched(int number) {
        return (long) LONG.getVolatile(memory, MATCHES_OFFSET + (long) number * Long.BYTES);
    }

    /** No function has a name before a process has loaded the module: then none was called. */
    private long count(String function, int offset) {
        for (int i = 0; i < FUNCTIONS; i++) {
            long start = FUNCTIONS_OFFSET + (long) i * FUNCTION_BYTES;
            String name = memory.getString(start, US_ASCII);
            if (name.equals(function)) {
                return (long) LONG.getVolatile(memory, start + offset);
            }
            if (name.isEmpty()) {
                return 0;
            }
        }
        throw new IllegalArgumentException("expected a function of PKCS#11 2.40, found " + function);
    }
}
