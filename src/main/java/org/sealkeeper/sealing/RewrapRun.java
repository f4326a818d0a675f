package org.sealkeeper.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Moves the wrapped data keys of a file of lines to the newest version of their key-encryption key.
 *
 * <p>The output is a prefix of the result at every moment, whole lines but for the last: after a crash, the next run cuts off
 * a last line without its end, and goes on behind it ({@link EarlierRun}).
 */
public final class RewrapRun {
    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final ObjectMapper json = new ObjectMapper();
    private final RewrapBatch appliance;
    private final Path input;
    private final Path output;

    /** Reads {@code input}, and appends to {@code output} what is not there yet. */
    public RewrapRun(ApplianceClient appliance, Path input, Path output) {
        this.appliance = new RewrapBatch(appliance);
        this.input = input;
        this.output = output;
    }

    /**
     * Runs to the end of the input.
     *
     * @param progress called after every batch
     * @throws MalformedFile if a file cannot be where it was named, or a line of one is not of the documented form
     * @throws ApplianceFault if the appliance or the disk fails
     * @throws ApplianceRefusal if the appliance refuses a whole batch
     */
    public RewrapCounts run(Consumer<RewrapCounts> progress, RewrapComplaints complaints) {
        try (var lines = new KeyLines(input)) {
            RewrapCounts counts = new EarlierRun(appliance, input, output, complaints).skip(lines);
            try (BufferedWriter out = append()) {
                counts = run(lines, out, counts, progress, complaints);
            }
            makeDurable();
            return counts;
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new MalformedFile(
                    output + ": cannot be written: expected its folder, and permission to write there", e);
        } catch (IOException e) {
            throw new ApplianceFault(input + " cannot be read, or " + output + " written: " + e.getMessage(), e);
        }
    }

    /** Wrapped keys and contexts are their owner's alone. */
    private BufferedWriter append() throws IOException {
        return new BufferedWriter(
                Channels.newWriter(FileChannel.open(output, APPEND, OWNER_ONLY), StandardCharsets.UTF_8));
    }

    /** The old version may be destroyed next. */
    private void makeDurable() throws IOException {
        try (FileChannel written = FileChannel.open(output, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    private RewrapCounts run(
            KeyLines lines,
            BufferedWriter out,
            RewrapCounts before,
            Consumer<RewrapCounts> progress,
            RewrapComplaints complaints)
            throws IOException {
        RewrapCounts counts = before;
        for (List<ObjectNode> batch = lines.batch(); !batch.isEmpty(); batch = lines.batch()) {
            Iterator<RewrapBatch.Result> results = appliance.results(batch).iterator();
            for (ObjectNode line : batch) {
                counts = apply(results.next(), line, counts, complaints);
                out.write(json.writeValueAsString(line));
                out.write('\n');
            }
            out.flush();
            progress.accept(counts);
        }
        return counts;
    }

    private static RewrapCounts apply(
            RewrapBatch.Result result, ObjectNode line, RewrapCounts counts, RewrapComplaints complaints) {
        Optional<String> problem = result.problem();
        if (problem.isPresent()) {
            complaints.about(counts.lines() + 1, problem.get());
            return counts.withRefused();
        }
        JsonNode wrapped = result.wrapped();
        if (result.isUnchanged(line)) {
            return counts.withUnchanged();
        }
        line.set("wrapped", wrapped);
        return counts.withMoved();
    }
}
