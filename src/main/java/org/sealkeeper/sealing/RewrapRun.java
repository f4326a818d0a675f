package org.sealkeeper.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Moves the wrapped data keys of a file of lines to the newest version of their key encryption key.
 *
 * <p>The output is a prefix of the result at every moment, whole lines but for the last: after a crash, the next run cuts off
 * a last line without its end, and goes on behind it. It asks once more about what the earlier run could not move: who destroys
 * the old version next must not miss what only that run said.
 */
public final class RewrapRun {
    // Of the longest contexts there are, so many fit into a request.
    private static final int MOST_ASKED_AGAIN = 16;

    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final ObjectMapper json = new ObjectMapper();
    private final ApplianceClient appliance;
    private final Path input;
    private final Path output;

    /** Reads {@code input}, and appends to {@code output} what is not there yet. */
    public RewrapRun(ApplianceClient appliance, Path input, Path output) {
        this.appliance = appliance;
        this.input = input;
        this.output = output;
    }

    /**
     * How many lines became what.
     *
     * @param moved are under the newest version now
     * @param unchanged were already
     * @param refused are as they were
     * @param earlier were in the output before this run
     */
    public record Counts(long moved, long unchanged, long refused, long earlier) {
        private long lines() {
            return moved + unchanged + refused + earlier;
        }

        private Counts withMoved() {
            return new Counts(moved + 1, unchanged, refused, earlier);
        }

        private Counts withUnchanged() {
            return new Counts(moved, unchanged + 1, refused, earlier);
        }

        private Counts withRefused() {
            return new Counts(moved, unchanged, refused + 1, earlier);
        }

        private Counts withRefusedEarlier() {
            return new Counts(moved, unchanged, refused + 1, earlier - 1);
        }
    }

    /** Told of every line that is refused. */
    @FunctionalInterface
    public interface Complaints {
        /**
         * Called for each such line, in their order.
         *
         * @param line from 1
         */
        void about(long line, String problem);
    }

    /**
     * Runs to the end of the input.
     *
     * @param progress told after every batch
     * @throws MalformedFile if a file cannot be where it was named, or a line of one is not of the documented form
     * @throws ApplianceFault if the appliance or the disk fails
     * @throws ApplianceRefusal if the appliance refuses a whole batch
     */
    public Counts run(Consumer<Counts> progress, Complaints complaints) {
        try (var lines = new KeyLines(input)) {
            Counts counts = resume(lines, complaints);
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

    /** Goes past what an earlier run wrote. */
    private Counts resume(KeyLines lines, Complaints complaints) throws IOException {
        long earlier = WholeLines.keep(output);
        Counts counts = new Counts(0, 0, 0, earlier);
        if (earlier == 0) {
            return counts;
        }
        SortedMap<Long, ObjectNode> unmoved = new TreeMap<>();
        try (var written = new KeyLines(output)) {
            for (long number = 1; number <= earlier; number++) {
                ObjectNode after = written.next().orElseThrow();
                if (wasMoved(lines.next(), after)) {
                    continue;
                }
                unmoved.put(number, after);
                if (unmoved.size() == MOST_ASKED_AGAIN) {
                    counts = askAgain(unmoved, counts, complaints);
                    unmoved.clear();
                }
            }
        }
        return unmoved.isEmpty() ? counts : askAgain(unmoved, counts, complaints);
    }

    private boolean wasMoved(Optional<ObjectNode> before, ObjectNode after) {
        if (before.isEmpty() || !before.get().path("context").equals(after.path("context"))) {
            throw new MalformedFile(
                    output + ": expected the output of an earlier run over " + input
                            + ", found that of another; name a new file",
                    null);
        }
        return !before.get().path("wrapped").equals(after.path("wrapped"));
    }

    private Counts askAgain(SortedMap<Long, ObjectNode> unmoved, Counts before, Complaints complaints) {
        Iterator<JsonNode> results = results(unmoved.values()).iterator();
        Counts counts = before;
        for (Map.Entry<Long, ObjectNode> line : unmoved.entrySet()) {
            JsonNode result = results.next();
            if (!result.path("wrapped").equals(line.getValue().path("wrapped"))) {
                complaints.about(line.getKey(), problem(result).orElse("could not be moved by the earlier run"));
                counts = counts.withRefusedEarlier();
            }
        }
        return counts;
    }

    private Counts run(
            KeyLines lines, BufferedWriter out, Counts before, Consumer<Counts> progress, Complaints complaints)
            throws IOException {
        Counts counts = before;
        for (List<ObjectNode> batch = lines.batch(); !batch.isEmpty(); batch = lines.batch()) {
            Iterator<JsonNode> results = results(batch).iterator();
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

    /** One for each. */
    private JsonNode results(Collection<ObjectNode> lines) {
        JsonNode results =
                appliance.post("v1/data-keys/rewrap/batch", request(lines)).path("results");
        if (results.size() != lines.size()) {
            throw new ApplianceFault("expected " + lines.size() + " results, found " + results.size(), null);
        }
        return results;
    }

    private static Optional<String> problem(JsonNode result) {
        return result.has("problem")
                ? Optional.of(
                        ApplianceClient.refusal(result.at("/problem/status").asInt(), result.path("problem"))
                                .problem())
                : Optional.empty();
    }

    private static Counts apply(JsonNode result, ObjectNode line, Counts counts, Complaints complaints) {
        Optional<String> problem = problem(result);
        if (problem.isPresent()) {
            complaints.about(counts.lines() + 1, problem.get());
            return counts.withRefused();
        }
        JsonNode wrapped = result.path("wrapped");
        if (!wrapped.isTextual()) {
            throw new ApplianceFault("expected 'wrapped' in each of the appliance's results, found none", null);
        }
        if (wrapped.equals(line.path("wrapped"))) {
            return counts.withUnchanged();
        }
        line.set("wrapped", wrapped);
        return counts.withMoved();
    }

    private ObjectNode request(Collection<ObjectNode> lines) {
        ObjectNode request = json.createObjectNode();
        ArrayNode keys = request.putArray("keys");
        for (ObjectNode line : lines) {
            ObjectNode key = keys.addObject();
            key.set("wrapped", line.path("wrapped"));
            key.set("context", line.path("context"));
        }
        return request;
    }
}
