package org.sealkeeper.merkle;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many of which witnesses must have cosigned a checkpoint.
 *
 * @param witnesses by their names
 * @param unknown witnesses whose keys are of types not known here, by their names: never seen to have cosigned
 * @param groups by their names, in an order in which each comes after its members
 * @param required the name of a witness or a group, or {@value #NONE}
 */
record WitnessQuorum(
        Map<String, VerifierKey> witnesses,
        Map<String, UnknownKey> unknown,
        Map<String, Group> groups,
        String required) {
    static final String NONE = "none";
    static final WitnessQuorum OF_NONE = new WitnessQuorum(Map.of(), Map.of(), Map.of(), NONE);

    WitnessQuorum {
        witnesses = Map.copyOf(witnesses);
        unknown = Map.copyOf(unknown);
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** At least so many of these. */
    record Group(int threshold, List<String> members) {
        Group {
            members = List.copyOf(members);
        }

        private boolean isMetBy(Set<String> cosigned) {
            return members.stream().filter(cosigned::contains).count() >= threshold;
        }
    }

    /** Whether these are enough; those that are not known here do not count. */
    boolean isMetBy(Collection<VerifierKey> cosigners) {
        return isMetByNames(names(cosigners));
    }

    /** Whether these would be enough if the lines of keys of unknown types under the checkpoint were right. */
    boolean mightBeMetBy(Collection<VerifierKey> cosigners, Note checkpoint) {
        Set<String> names = names(cosigners);
        unknown.forEach((name, key) -> {
            if (checkpoint.signatures().stream().anyMatch(key::isMeantBy)) {
                names.add(name);
            }
        });
        return isMetByNames(names);
    }

    private Set<String> names(Collection<VerifierKey> cosigners) {
        return witnesses.keySet().stream()
                .filter(name -> cosigners.contains(witnesses.get(name)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private boolean isMetByNames(Set<String> cosigned) {
        groups.forEach((name, group) -> {
            if (group.isMetBy(cosigned)) {
                cosigned.add(name);
            }
        });
        return required.equals(NONE) || cosigned.contains(required);
    }
}
