package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;

/** What a running appliance holds: sessions of its token, threads, files, memory. */
final class ProcessHolding {
    /** The heap takes its memory at the start, so that what grows is not the heap; and the JVM counts what it takes besides. */
    static final String[] JVM_OPTIONS = Stream.concat(
                    Stream.of(ProcessRecord.OF_A_FIXED_HEAP), Stream.of("-XX:NativeMemoryTracking=summary"))
            .toArray(String[]::new);

    /** Connections come and go, probes have sessions of their own, and pools of threads end those that have nothing to do. */
    private static final int A_FEW = 4;

    private static final Pattern GROWN_PART =
            Pattern.compile("-\\s+(\\S.*?) \\(reserved=[^)]*committed=\\d+KB ([+-]\\d+)KB\\)");
    private static final Pattern GROWN_IN_ALL = Pattern.compile("Total: .*committed=\\d+KB ([+-]\\d+)KB");

    private final Home home;
    private final ApplianceProcess appliance;
    private final FaultyModule token;
    private final ProcessRecord memory;

    /** @param token that no other process uses; it counts, and SoftHSM does not */
    ProcessHolding(Home home, FaultyModule token, ApplianceProcess appliance) {
        this.home = home;
        this.token = token;
        this.appliance = appliance;
        this.memory = new ProcessRecord(home, appliance);
    }

    /** At one moment, after its garbage was collected. */
    record Held(long sessions, long threads, long files, long liveHeapKilobytes, long residentKilobytes) {
        /** @param keptKilobytes by the token, of which it is known that it keeps something of each release */
        void assertThatItIsNoMoreThan(Held before, long keptKilobytes) {
            assertThat(sessions).isLessThanOrEqualTo(before.sessions + A_FEW);
            assertThat(threads).isLessThanOrEqualTo(before.threads + A_FEW);
            assertThat(files).isLessThanOrEqualTo(before.files + A_FEW);
            assertThat(liveHeapKilobytes).isLessThan(before.liveHeapKilobytes * 11 / 10);
            assertThat(residentKilobytes - keptKilobytes).isLessThan(before.residentKilobytes * 21 / 20);
        }

        /** By how many kilobytes its resident memory grew. */
        long since(Held before) {
            return residentKilobytes - before.residentKilobytes;
        }

        @Override
        public String toString() {
            return "%d sessions, %d threads, %d files, %,d kB of live heap, %,d kB resident"
                    .formatted(sessions, threads, files, liveHeapKilobytes, residentKilobytes);
        }
    }

    Held now() throws IOException, InterruptedException {
        ProcessRecord.Use use = memory.use();
        return new Held(
                token.calls("C_OpenSession") - token.calls("C_CloseSession"),
                count("task"),
                count("fd"),
                use.liveHeapBytes() >> 10,
                use.residentKilobytes());
    }

    private long count(String entries) {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + appliance.pid() + "/" + entries))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void rememberNativeMemory() {
        var _ = nativeMemory("baseline");
    }

    /** What has grown since: the JVM knows its own part; of the rest the token keeps some, and malloc what SQLite and OpenSSL gave back. */
    String nativeGrowth(long residentKilobytes, long keptKilobytes) {
        String diff = nativeMemory("summary.diff");
        List<String> parts = new ArrayList<>();
        Matcher part = GROWN_PART.matcher(diff);
        while (part.find()) {
            parts.add(part.group(1) + " " + part.group(2));
        }
        Matcher all = GROWN_IN_ALL.matcher(diff);
        long ofTheJvm = all.find() ? Long.parseLong(all.group(1)) : 0;
        return "resident memory grew by %,d kB: the JVM by its own count took %,d kB (%s), of destroyed keys SoftHSM keeps %,d kB, the rest is %,d kB"
                .formatted(
                        residentKilobytes,
                        ofTheJvm,
                        String.join(", ", parts),
                        keptKilobytes,
                        residentKilobytes - ofTheJvm - keptKilobytes);
    }

    private String nativeMemory(String what) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Command.run(
                        home.folder(),
                        List.of(jcmd, Long.toString(appliance.pid()), "VM.native_memory", what, "scale=KB"))
                .succeeded()
                .out();
    }
}
