package org.sealkeeper.audit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rows of the table of leaves, as names, so that a test can find which of them it has seen. */
public final class KindsOfLeaves {
    private KindsOfLeaves() {}

    /** All there are: operation and outcome, and each reference that such a leaf has, or may lack. */
    public static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (LeafKind kind : LeafTable.kinds()) {
            String name = kind.operation().text() + " " + kind.outcome().text();
            all.add(name);
            for (LeafReference reference : kind.references()) {
                all.add(name + " with " + reference.by().fieldName());
                if (!reference.isRequired()) {
                    all.add(name + " without " + reference.by().fieldName());
                }
            }
        }
        return all;
    }

    /** Those that an appliance with one token and a store of its own can write. */
    public static Set<String> ofOneToken() {
        Set<String> kinds = new TreeSet<>(all());
        kinds.removeAll(ofSeveralTokens());
        kinds.removeAll(ofSharedDatabases());
        return kinds;
    }

    /** Those that only an appliance which shares its database can write. */
    public static Set<String> ofSharedDatabases() {
        return Set.of(
                Operation.ACKNOWLEDGE_APPLIANCE.text() + " " + Outcome.DONE.text(),
                Operation.RETIRE_APPLIANCE.text() + " " + Outcome.DONE.text());
    }

    /** Those that only an appliance with several tokens can write. */
    public static Set<String> ofSeveralTokens() {
        return Set.of(Operation.FORGET_TOKEN.text() + " " + Outcome.DONE.text());
    }

    /** Those a leaf is of. */
    public static Set<String> of(RecordedLeaf leaf) {
        String name = leaf.text(LeafField.OPERATION).orElseThrow() + " "
                + leaf.text(LeafField.OUTCOME).orElseThrow();
        Set<String> kinds = new TreeSet<>(List.of(name));
        for (LeafField by : LeafJudge.NAMES_OF_LEAVES) {
            kinds.add(name + (leaf.number(by).isPresent() ? " with " : " without ") + by.fieldName());
        }
        return kinds;
    }
}
