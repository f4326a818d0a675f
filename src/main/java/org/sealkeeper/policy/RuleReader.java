package org.sealkeeper.policy;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;

/** Reads the grants and denials of a policy file; of one with mistakes it gives what it could read. */
final class RuleReader {
    private static final String ALL = "*";

    private final Mistakes mistakes;
    private final List<String> warnings;
    private final Names names;
    private final Map<String, Integer> roles;
    private final MultiFactor mfa;
    private final ConditionReader conditions;
    private final Set<String> grantNames = new HashSet<>();
    private final Set<String> denialNames = new HashSet<>();

    RuleReader(
            Mistakes mistakes,
            List<String> warnings,
            Names names,
            Map<String, Integer> roles,
            MultiFactor mfa,
            ConditionReader conditions) {
        this.mistakes = mistakes;
        this.warnings = warnings;
        this.names = names;
        this.roles = roles;
        this.mfa = mfa;
        this.conditions = conditions;
    }

    /** A grant says everything it allows: whatever its operations are done to must be named. */
    Rule grant(Section section) {
        String name = mistakes.orElse("", () -> name(section, grantNames));
        BitSet numbers = mistakes.orElse(new BitSet(), () -> roles(section));
        Set<PolicyOperation> operations = mistakes.orElse(Set.of(), () -> operations(section));
        boolean isKnown = !operations.isEmpty();
        var chains = patterns(section, "chains", names::chain, names::matchesNoChain);
        var keys = patterns(section, "keys", names::key, names::matchesNoKey);
        var purposes = purposes(section);
        for (Selector selector : Selector.values()) {
            if (isKnown && selector.isAboutAnyOf(operations) && !section.has(selector.field)) {
                mistakes.add(section.fault("operations", selector.expected()));
            }
        }
        Optional<MultiFactor> factors = mistakes.orElse(Optional.empty(), () -> mfa(section));
        Rule rule = new Rule(
                Rule.Kind.GRANT, name, numbers, operations, chains, keys, purposes, factors, conditions.read(section));
        finish(section, operations);
        return rule;
    }

    /** A denial may leave out its selectors: it is then about everything. */
    Rule denial(Section section) {
        String name = mistakes.orElse("", () -> name(section, denialNames));
        BitSet numbers = mistakes.orElse(new BitSet(), () -> roles(section));
        Set<PolicyOperation> operations = mistakes.orElse(Set.of(), () -> deniedOperations(section));
        var chains = patterns(section, "chains", names::chain, names::matchesNoChain);
        var keys = patterns(section, "keys", names::key, names::matchesNoKey);
        Rule rule = new Rule(
                Rule.Kind.DENIAL,
                name,
                numbers,
                operations,
                chains,
                keys,
                purposes(section),
                Optional.empty(),
                conditions.read(section));
        finish(section, operations);
        return rule;
    }

    private void finish(Section section, Set<PolicyOperation> operations) {
        for (Selector selector : Selector.values()) {
            if (!operations.isEmpty() && section.has(selector.field) && !selector.isAboutAnyOf(operations)) {
                mistakes.add(section.fault(selector.field, selector.unexpected()));
            }
        }
        mistakes.check(section::finish);
    }

    private static String name(Section section, Set<String> seen) {
        String name = section.text("name");
        if (!RolesReader.NAME.matcher(name).matches()) {
            throw section.fault("name", RolesReader.nameExpected("rule") + ", found '" + name + "'");
        }
        if (!seen.add(name)) {
            throw section.fault("name", "rule '" + name + "' is declared twice");
        }
        return name;
    }

    private BitSet roles(Section section) {
        var numbers = new BitSet();
        section.values("roles", this::role).forEach(numbers::set);
        if (numbers.isEmpty()) {
            throw section.fault("roles", "expected at least one role, found none");
        }
        return numbers;
    }

    private Integer role(String name) {
        Integer number = roles.get(name);
        if (number == null) {
            throw new IllegalArgumentException("expected a role that is declared under 'roles'");
        }
        return number;
    }

    private static Set<PolicyOperation> operations(Section section) {
        Set<PolicyOperation> operations = EnumSet.noneOf(PolicyOperation.class);
        operations.addAll(section.values("operations", PolicyOperation::named));
        if (operations.isEmpty()) {
            throw section.fault("operations", "expected at least one operation, found none");
        }
        return operations;
    }

    /** All operations, or, where the denial has selectors, all those that have what these select. */
    private static Set<PolicyOperation> deniedOperations(Section section) {
        if (!section.values("operations", text -> text).equals(List.of(ALL))) {
            return operations(section);
        }
        Set<PolicyOperation> operations = PolicyOperation.all();
        Predicate<PolicyOperation> isSelected = operation -> false;
        boolean hasSelector = false;
        for (Selector selector : Selector.values()) {
            if (section.has(selector.field)) {
                hasSelector = true;
                isSelected = isSelected.or(selector::isAbout);
            }
        }
        if (hasSelector) {
            operations.removeIf(isSelected.negate());
        }
        return operations;
    }

    private Optional<List<NamePattern>> patterns(
            Section section, String field, Function<String, NamePattern> parse, Predicate<NamePattern> matchesNone) {
        if (!section.has(field)) {
            return Optional.empty();
        }
        List<NamePattern> patterns = mistakes.orElse(List.of(), () -> nonEmpty(section, field, parse));
        patterns.stream()
                .filter(NamePattern::isPrefix)
                .filter(matchesNone)
                .map(pattern -> section.fault(field, "'" + pattern + "' matches none of the declared " + field))
                .map(ConfigurationFault::getMessage)
                .forEach(warnings::add);
        return Optional.of(patterns);
    }

    private Optional<List<Purpose>> purposes(Section section) {
        return section.has("purposes")
                ? Optional.of(mistakes.orElse(List.of(), () -> nonEmpty(section, "purposes", Purpose::new)))
                : Optional.empty();
    }

    private static <T> List<T> nonEmpty(Section section, String field, Function<String, T> parse) {
        List<T> values = section.values(field, parse);
        if (values.isEmpty()) {
            throw section.fault(field, "expected at least one of them in '" + field + "', found none");
        }
        return values;
    }

    private Optional<MultiFactor> mfa(Section section) {
        return section.has("mfa") ? Optional.of(section.choice("mfa", Map.of("required", mfa))) : Optional.empty();
    }
}
