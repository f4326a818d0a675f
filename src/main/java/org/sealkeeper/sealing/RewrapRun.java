package org.sealkeeper.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves the wrapped data keys of a file of lines to the newest version of their key encryption key.
 *
 * <p>The output is a prefix of the result at every moment, whole lines but for the last: after a crash, the next run cuts off
 * a last line without its end, and goes on behind it.
 */
public final class RewrapRun {
    private static final int MOST_LINES = 250;
    private static final int MOST_CHARACTERS = 400_000;
    private static final int LONGEST_LINE = 100_000;

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
     * @throws ApplianceFault if the appliance or one of the files fails, or a line is not of the documented form
     * @throws ApplianceRefusal if the appliance refuses a whole batch
     */
    public Counts run(Consumer<Counts> progress, Complaints complaints) {
        try (BufferedReader lines = Files.newBufferedReader(input)) {
            Counts counts = new Counts(0, 0, 0, WholeLines.keep(output));
            for (long line = 0; line < counts.earlier(); line++) {
                if (lines.readLine() == null) {
                    throw new ApplianceFault(
                            output + ": expected the output of an earlier run over " + input
                                    + ", found more lines than the input has",
                            null);
                }
            }
            try (BufferedWriter out =
                    Files.newBufferedWriter(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                counts = run(lines, out, counts, progress, complaints);
            }
            makeDurable();
            return counts;
        } catch (IOException e) {
            throw new ApplianceFault("a file cannot be read or written: " + e, e);
        }
    }

    /** The old version may be destroyed next. */
    private void makeDurable() throws IOException {
        try (FileChannel written = FileChannel.open(output, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    private Counts run(
            BufferedReader lines, BufferedWriter out, Counts before, Consumer<Counts> progress, Complaints complaints)
            throws IOException {
        Counts counts = before;
        for (List<ObjectNode> batch = batch(lines, counts.lines());
                !batch.isEmpty();
                batch = batch(lines, counts.lines())) {
            JsonNode results =
                    appliance.post("v1/data-keys/rewrap/batch", request(batch)).path("results");
            if (results.size() != batch.size()) {
                throw new ApplianceFault("expected " + batch.size() + " results, found " + results.size(), null);
            }
            for (int i = 0; i < batch.size(); i++) {
                counts = apply(results.get(i), batch.get(i), counts, complaints);
                out.write(json.writeValueAsString(batch.get(i)));
                out.newLine();
            }
            out.flush();
            progress.accept(counts);
        }
        return counts;
    }

    private static Counts apply(JsonNode result, ObjectNode line, Counts counts, Complaints complaints) {
        String wrapped = result.path("wrapped").asText();
        if (wrapped.isEmpty()) {
            ApplianceRefusal refusal =
                    ApplianceClient.refusal(result.at("/problem/status").asInt(), result.path("problem"));
            complaints.about(counts.lines() + 1, refusal.problem());
            return counts.withRefused();
        }
        if (wrapped.equals(line.path("wrapped").asText())) {
            return counts.withUnchanged();
        }
        line.put("wrapped", wrapped);
        return counts.withMoved();
    }

    private ObjectNode request(List<ObjectNode> batch) {
        ObjectNode request = json.createObjectNode();
        ArrayNode keys = request.putArray("keys");
        for (ObjectNode line : batch) {
            ObjectNode key = keys.addObject();
            key.set("wrapped", line.path("wrapped"));
            key.set("context", line.path("context"));
        }
        return request;
    }

    /** As many lines as one request may hold. */
    private List<ObjectNode> batch(BufferedReader lines, long done) throws IOException {
        List<ObjectNode> batch = new ArrayList<>();
        int characters = 0;
        while (batch.size() < MOST_LINES && characters < MOST_CHARACTERS) {
            String line = lines.readLine();
            if (line == null) {
                return batch;
            }
            characters += line.length();
            batch.add(parsed(line, done + batch.size() + 1));
        }
        return batch;
    }

    private ObjectNode parsed(String line, long number) {
        @Nullable JsonNode parsed = null;
        try {
            parsed = line.length() > LONGEST_LINE ? null : json.readTree(line);
        } catch (JsonProcessingException e) {
            // told below, without quoting it
        }
        if (parsed instanceof ObjectNode object
                && object.path("wrapped").isTextual()
                && object.path("context").isObject()) {
            return object;
        }
        throw new ApplianceFault(
                input + ":" + number + ": expected a JSON object with 'wrapped' and 'context' of at most "
                        + LONGEST_LINE + " characters",
                null);
    }
}
