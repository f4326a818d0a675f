package org.sealkeeper.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.sealkeeper.identity.Caller;

/** The declared roles, each with a number, and the callers that have them. */
final class Roles {
    private final List<String> names;
    private final Map<String, List<Entry>> byCertificate = new HashMap<>();
    private final List<Entry> others = new ArrayList<>();

    Roles(SequencedMap<String, List<CallerMatcher>> matchers) {
        names = List.copyOf(matchers.keySet());
        for (int number = 0; number < names.size(); number++) {
            for (CallerMatcher matcher : matchers.getOrDefault(names.get(number), List.of())) {
                add(new Entry(number, matcher));
            }
        }
    }

    /** Exact certificates are found at once; there may be a thousand nodes, but not a thousand prefixes or groups. */
    private void add(Entry entry) {
        entry.matcher
                .certificate()
                .filter(pattern -> !pattern.isPrefix())
                .map(pattern -> byCertificate.computeIfAbsent(pattern.text(), _ -> new ArrayList<>()))
                .orElse(others)
                .add(entry);
    }

    /** The numbers of the roles this caller has. */
    BitSet of(Caller caller) {
        BitSet roles = new BitSet(names.size());
        caller.certificate()
                .map(id -> byCertificate.getOrDefault(id.value(), List.of()))
                .orElse(List.of())
                .forEach(entry -> entry.collect(caller, roles));
        others.forEach(entry -> entry.collect(caller, roles));
        return roles;
    }

    List<String> namesOf(BitSet numbers) {
        return numbers.stream().mapToObj(names::get).toList();
    }

    /** By their numbers. */
    List<String> names() {
        return names;
    }

    Stream<CallerMatcher> matchers() {
        return entries().map(Entry::matcher);
    }

    /** Who has the role of this number. */
    Stream<CallerMatcher> matchersOf(int role) {
        return entries().filter(entry -> entry.role == role).map(Entry::matcher);
    }

    private Stream<Entry> entries() {
        return Stream.concat(byCertificate.values().stream().flatMap(List::stream), others.stream());
    }

    private record Entry(int role, CallerMatcher matcher) {
        void collect(Caller caller, BitSet roles) {
            if (matcher.matches(caller)) {
                roles.set(role);
            }
        }
    }
}
