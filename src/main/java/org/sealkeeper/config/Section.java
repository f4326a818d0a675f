package org.sealkeeper.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a configuration file. Ask for each field, then call {@link #finish()}: a field that was not asked for is refused.
 *
 * <p>All methods throw {@link ConfigurationFault} naming the file and line.
 */
public final class Section {
    private final Path file;
    private final int line;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    private Section(Path file, MappingNode mapping) {
        this.file = file;
        this.line = lineOf(mapping);
        for (NodeTuple field : mapping.getValue()) {
            String name = scalar(field.getKeyNode(), "a field name", lineOf(field.getKeyNode()));
            if (fields.put(name, field.getValueNode()) != null) {
                throw at(lineOf(field.getKeyNode()), "field '" + name + "' stands here twice");
            }
            lines.put(name, lineOf(field.getKeyNode()));
        }
    }

    static Section root(Path file, @Nullable Node node) {
        if (node instanceof MappingNode mapping) {
            return new Section(file, mapping);
        }
        throw new ConfigurationFault(file + ":1: expected a mapping of fields to values at the top of the file");
    }

    /** The text of a required field. */
    public String text(String field) {
        Node node = node(field).orElseThrow(() -> missing(field));
        return scalar(node, "text in '" + field + "'", lineOf(node));
    }

    /** A required field turned into a value; what the value's own check says becomes the error of this line. */
    public <T> T value(String field, Function<String, T> parse) {
        return parsed(text(field), parse, lines.getOrDefault(field, line));
    }

    /** A required path, relative to the folder of this file. */
    public Path path(String field) {
        return value(field, text -> file.toAbsolutePath().resolveSibling(text).normalize());
    }

    /** A required integer from {@code min} to {@code max}, both included. */
    public long integer(String field, long min, long max) {
        String text = text(field);
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw fault(field, "expected an integer from " + min + " to " + max + ", found '" + text + "'");
    }

    /** A required field that names one of the given choices. */
    public <T> T choice(String field, Map<String, T> choices) {
        String text = text(field);
        T choice = choices.get(text);
        if (choice == null) {
            String names = choices.keySet().stream().sorted().collect(Collectors.joining(", "));
            throw fault(field, "expected one of " + names + ", found '" + text + "'");
        }
        return choice;
    }

    /** The texts of a required list turned into values; may be empty. A value's own check names the line of its item. */
    public <T> List<T> values(String field, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        for (Node item : items(field)) {
            String text = scalar(item, "text in the list '" + field + "'", lineOf(item));
            values.add(parsed(text, parse, lineOf(item)));
        }
        return List.copyOf(values);
    }

    /** The items of a required list, each text or a mapping, turned into values; may be empty. */
    public <T> List<T> items(String field, Function<String, T> ofText, Function<Section, T> ofMapping) {
        List<T> values = new ArrayList<>();
        for (Node item : items(field)) {
            values.add(
                    item instanceof MappingNode mapping
                            ? ofMapping.apply(new Section(file, mapping))
                            : parsed(
                                    scalar(item, "text or a mapping in the list '" + field + "'", lineOf(item)),
                                    ofText,
                                    lineOf(item)));
        }
        return List.copyOf(values);
    }

    /** The mappings of a required list; may be empty. */
    public List<Section> sections(String field) {
        List<Section> sections = new ArrayList<>();
        for (Node item : items(field)) {
            sections.add(mapping(item, "every item of '" + field + "'"));
        }
        return List.copyOf(sections);
    }

    /** A required mapping. */
    public Section section(String field) {
        Node node = node(field).orElseThrow(() -> missing(field));
        return mapping(node, "'" + field + "'");
    }

    /** Whether the field's value is a mapping rather than text. */
    public boolean isSection(String field) {
        return fields.get(field) instanceof MappingNode;
    }

    /** Whether the field stands here; an optional field is asked for with this first. */
    public boolean has(String field) {
        return node(field).isPresent();
    }

    /** The names of all fields in the order of the file, for a section whose field names the operator chooses. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** Where the value of a required field begins; line and column count from 1. */
    public Place place(String field) {
        Mark mark = node(field).orElseThrow(() -> missing(field)).getStartMark().orElseThrow();
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A position in the file; line and column count from 1. */
    public record Place(int line, int column) {}

    /** Whether the field's value is a list. */
    public boolean isList(String field) {
        return fields.get(field) instanceof SequenceNode;
    }

    /** Refuses fields that were not asked for; call it when all known fields have been read. */
    public void finish() {
        for (String field : fields.keySet()) {
            if (!asked.contains(field)) {
                throw fault(field, "unknown field '" + field + "'; known here: " + String.join(", ", asked));
            }
        }
    }

    /** A fault at the line of a field, or of this section where the field is absent. */
    public ConfigurationFault fault(String field, String message) {
        return at(lines.getOrDefault(field, line), message);
    }

    private <T> T parsed(String text, Function<String, T> parse, int atLine) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw at(atLine, e.getMessage() + ", found '" + text + "'");
        }
    }

    private ConfigurationFault missing(String field) {
        return at(line, "expected the field '" + field + "', found none");
    }

    private ConfigurationFault at(int atLine, String message) {
        return new ConfigurationFault(file + ":" + atLine + ": " + message);
    }

    private Optional<Node> node(String field) {
        asked.add(field);
        return Optional.ofNullable(fields.get(field));
    }

    private List<Node> items(String field) {
        Node node = node(field).orElseThrow(() -> missing(field));
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw fault(field, "expected a list in '" + field + "'");
    }

    private Section mapping(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return new Section(file, mapping);
        }
        throw at(lineOf(node), "expected a mapping in " + what);
    }

    private String scalar(Node node, String what, int atLine) {
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return scalar.getValue();
        }
        throw at(atLine, "expected " + what);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
