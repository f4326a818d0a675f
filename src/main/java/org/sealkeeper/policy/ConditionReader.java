package org.sealkeeper.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;

/** Reads the conditions of a policy file, and places what is wrong with them in the file. */
final class ConditionReader {
    /** Made for the first condition: the language takes a second to load, and most policies have none. */
    private @Nullable Conditions conditions;

    private final Mistakes mistakes;
    private final Path file;
    private final ExpressionText text;

    ConditionReader(Mistakes mistakes, Path file, String text) {
        this.mistakes = mistakes;
        this.file = file;
        this.text = new ExpressionText(text);
    }

    /** The condition of a rule; empty where it has none, or a wrong one. */
    Optional<Condition> read(Section rule) {
        if (!rule.has("when")) {
            return Optional.empty();
        }
        String expression = mistakes.orElse("", () -> rule.text("when"));
        return switch (conditions().compile(expression)) {
            case Conditions.Outcome.Compiled(Condition condition) -> Optional.of(condition);
            case Conditions.Outcome.Wrong(List<Conditions.Complaint> complaints) -> {
                complaints.forEach(complaint -> mistakes.add(fault(rule.place("when"), complaint)));
                yield Optional.empty();
            }
        };
    }

    private Conditions conditions() {
        Conditions made = conditions;
        if (made == null) {
            made = new Conditions();
            conditions = made;
        }
        return made;
    }

    private ConfigurationFault fault(Section.Place start, Conditions.Complaint complaint) {
        Section.Place place = text.place(start, complaint.line(), complaint.column());
        return new ConfigurationFault(
                file + ":" + place.line() + ":" + place.column() + ": the condition is wrong: " + complaint.message());
    }
}
