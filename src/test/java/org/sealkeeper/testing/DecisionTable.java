package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of decisions: lines {@code + request -> the grant that allows it}, each followed by mutations of it that must flip the
 * decision, {@code - changed words -> the rule that denies}. So every decision stands beside its mutation.
 */
public final class DecisionTable {

    /**
     * A request that is allowed, and a mutation of it that is not.
     *
     * @param request as {@link RequestWords} reads it, and so is the mutant
     * @param grant the rule that allows the request
     * @param rule the one that denies the mutant
     */
    public record Row(String request, String grant, String mutant, String rule) {
        @Override
        public String toString() {
            return request + "  |  " + mutant;
        }
    }

    private DecisionTable() {}

    /** The rows of a file, in their order. Other lines are remarks. */
    public static List<Row> read(Path file) {
        List<Row> rows = new ArrayList<>();
        String[] base = {};
        for (String line : lines(file)) {
            if (line.startsWith("+ ")) {
                base = parts(line);
            } else if (line.startsWith("- ")) {
                String[] mutation = parts(line);
                rows.add(new Row(base[0], base[1], mutate(base[0], mutation[0]), mutation[1]));
            }
        }
        return rows;
    }

    private static String[] parts(String line) {
        return line.substring(2).strip().split(" +-> +", -1);
    }

    /** Replaces or adds words {@code name=value}; {@code name=} takes the word away. */
    private static String mutate(String request, String changes) {
        String mutant = request;
        for (String change : changes.split(" +", -1)) {
            String name = change.substring(0, change.indexOf('=') + 1);
            String without = (" " + mutant)
                    .replaceFirst(" " + Pattern.quote(name) + "\\S*", "")
                    .strip();
            mutant = change.equals(name) ? without : without + " " + change;
        }
        return mutant;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
