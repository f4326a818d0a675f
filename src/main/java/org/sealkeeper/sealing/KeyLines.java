package org.sealkeeper.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a file of lines that each hold a wrapped data key and its context, and perhaps more. */
final class KeyLines implements AutoCloseable {
    private static final int LONGEST = 100_000;
    private static final int MOST_LINES = 250;
    // With one more line, and three bytes for each, still within the 1 MiB of a request.
    private static final int MOST_CHARACTERS = 200_000;

    /** Members it does not know are written back unchanged, to the last digit. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Path file;
    private final BufferedReader lines;
    private long number;

    /** @throws MalformedFile if there is none */
    KeyLines(Path file) throws IOException {
        this.file = file;
        if (Files.isDirectory(file)) {
            throw new MalformedFile(file + ": expected a file, found a folder", null);
        }
        try {
            this.lines = Files.newBufferedReader(file);
        } catch (NoSuchFileException e) {
            throw new MalformedFile(file + ": expected a file here, found none", e);
        } catch (AccessDeniedException e) {
            throw new MalformedFile(file + ": cannot be read: no permission", e);
        }
    }

    /** As many lines as one request may hold; none at the end. */
    List<ObjectNode> batch() throws IOException {
        List<ObjectNode> batch = new ArrayList<>();
        int characters = 0;
        while (batch.size() < MOST_LINES && characters < MOST_CHARACTERS) {
            String line = nextLine();
            if (line == null) {
                return batch;
            }
            characters += line.length();
            batch.add(parsed(line));
        }
        return batch;
    }

    /** The next line; empty at the end. */
    Optional<ObjectNode> next() throws IOException {
        return Optional.ofNullable(nextLine()).map(this::parsed);
    }

    /** Blank lines at the end, and a byte order mark before the first, are an editor's and not ours. */
    private @Nullable String nextLine() throws IOException {
        try {
            String line = withoutByteOrderMark(lines.readLine());
            number++;
            if (line == null || !line.isBlank()) {
                return line;
            }
            long blank = number;
            while (line != null && line.isBlank()) {
                line = lines.readLine();
            }
            if (line == null) {
                return null;
            }
            throw malformed(blank);
        } catch (CharacterCodingException e) {
            throw new MalformedFile(file + ": line " + (number + 1) + ": expected UTF-8", e);
        }
    }

    private @Nullable String withoutByteOrderMark(@Nullable String line) {
        return line != null && number == 0 && line.startsWith("\ufeff") ? line.substring(1) : line;
    }

    private ObjectNode parsed(String line) {
        @Nullable Object parsed = null;
        try {
            parsed = line.length() > LONGEST ? null : JSON.readTree(line);
        } catch (JsonProcessingException e) {
            // reported below, without quoting it
        }
        if (parsed instanceof ObjectNode object
                && object.path("wrapped").isTextual()
                && object.path("context").isObject()) {
            return object;
        }
        throw malformed(number);
    }

    private MalformedFile malformed(long line) {
        return new MalformedFile(
                file + ": line " + line + ": expected a JSON object with 'wrapped' and 'context' of at most " + LONGEST
                        + " characters",
                null);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
