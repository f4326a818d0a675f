package org.sealkeeper.console;

import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyOutline;
import org.sealkeeper.policy.PolicyOutline.OutlinedRole;
import org.sealkeeper.policy.PolicyOutline.OutlinedRule;

/** Who may do what: a row for each role, and in each the rules about each operation. */
record PolicyMatrix(PolicyOutline outline) {

    /** What its columns are about: the operations that some rule names. */
    public List<String> operations() {
        return named().map(PolicyOperation::text).toList();
    }

    public List<Row> rows() {
        return outline.roles().stream().map(this::row).toList();
    }

    /** The rules, denials first. */
    public List<OutlinedRule> rules() {
        return outline.rules();
    }

    /**
     * A role.
     *
     * @param cells one for each of {@link #operations}
     */
    record Row(String role, List<String> callers, List<Cell> cells) {}

    /** A role and an operation. */
    record Cell(List<Entry> rules) {}

    /**
     * A rule about them.
     *
     * @param tone the class of its style
     */
    record Entry(String rule, String tone, List<String> limits) {}

    private Stream<PolicyOperation> named() {
        return Stream.of(PolicyOperation.values())
                .filter(operation -> outline.rules().stream()
                        .anyMatch(rule -> rule.operations().contains(operation)));
    }

    private Row row(OutlinedRole role) {
        return new Row(
                role.name(),
                role.callers(),
                named().map(operation -> cell(role, operation)).toList());
    }

    private Cell cell(OutlinedRole role, PolicyOperation operation) {
        return new Cell(outline.rules().stream()
                .filter(rule ->
                        rule.operations().contains(operation) && rule.roles().contains(role.name()))
                .map(rule -> new Entry(rule.path(), rule.isGrant() ? "good" : "bad", rule.limits()))
                .toList());
    }
}
