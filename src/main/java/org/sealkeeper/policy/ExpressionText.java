package org.sealkeeper.policy;

import java.util.List;
import org.sealkeeper.config.Section.Place;

/**
 * Finds the place in the file of a place in an expression. Exact for plain and quoted text in one line and for literal blocks
 * ({@code |}); of any other it gives the beginning.
 */
final class ExpressionText {
    private final List<String> lines;

    ExpressionText(String file) {
        lines = file.lines().toList();
    }

    /** The place in the file; {@code line} and {@code column} count from 1 within the expression that begins at {@code start}. */
    Place place(Place start, int line, int column) {
        return switch (firstCharacter(start)) {
            case '|' -> inBlock(start, line, column);
            case '\'', '"' -> line == 1 ? inQuotes(start, column) : start;
            default -> line == 1 ? new Place(start.line(), start.column() + column - 1) : start;
        };
    }

    /** What an expression begins with; a space where there is none, and the place is the end of a line or of the file. */
    private int firstCharacter(Place place) {
        String line = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
        return place.column() <= line.length() ? line.charAt(place.column() - 1) : ' ';
    }

    private Place inBlock(Place start, int line, int column) {
        int first = start.line();
        while (first < lines.size() && lines.get(first).isBlank()) {
            first++;
        }
        if (first == lines.size()) {
            return start;
        }
        String text = lines.get(first);
        int indent = text.length() - text.stripLeading().length();
        return new Place(start.line() + line, indent + column);
    }

    /** A quote within single quotes is written twice, and an escape within double quotes begins with a backslash. */
    private Place inQuotes(Place start, int column) {
        String text = lines.get(start.line() - 1);
        char quote = text.charAt(start.column() - 1);
        int at = start.column();
        for (int passed = 1; passed < column && at < text.length(); passed++) {
            boolean isTwo = quote == '\'' ? text.startsWith("''", at) : text.charAt(at) == '\\';
            at += isTwo ? 2 : 1;
        }
        return new Place(start.line(), at + 1);
    }
}
