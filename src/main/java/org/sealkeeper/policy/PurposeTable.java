package org.sealkeeper.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** HL7's purposes of use, each with its parent; the resource {@code purposes-of-use.txt} names its source. */
final class PurposeTable {
    private static final Map<String, String> PARENTS = read();

    private PurposeTable() {}

    /** Every code with the code of its parent; empty text for the root. */
    static Map<String, String> parents() {
        return PARENTS;
    }

    private static Map<String, String> read() {
        try (InputStream resource = Objects.requireNonNull(
                        PurposeTable.class.getResourceAsStream("purposes-of-use.txt"), "purposes-of-use.txt");
                var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            Map<String, String> parents = new LinkedHashMap<>();
            lines.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] words = line.split(" ", -1);
                        String parent = words.length == 1 ? "" : words[1];
                        if (words.length > 2 || parents.put(words[0], parent) != null) {
                            throw new IllegalStateException(
                                    "expected a code and its parent, each code once, found " + line);
                        }
                    });
            return Map.copyOf(parents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
