package org.sealkeeper.merkle;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose signatures make a checkpoint trustworthy (C2SP tlog-policy): the keys of logs, which may be none or of several logs, and a quorum
 * of witnesses.
 *
 * <p>A key of a type that is not known here signs nothing that can be checked. It is left out, and the text refused only where
 * nothing is left: no key of any log that is named, or no quorum.
 */
public final class TrustPolicy {
    static final String NONE = "none";

    private final Set<VerifierKey> logs;
    private final Map<String, VerifierKey> witnesses;
    /** In the order of their lines, so that each comes after its members. */
    private final Map<String, Group> groups;

    private final String quorum;
    private final Set<UnknownKey> unknownLogs;
    private final Map<String, UnknownKey> unknownWitnesses;

    TrustPolicy(
            Set<VerifierKey> logs,
            Map<String, VerifierKey> witnesses,
            Map<String, Group> groups,
            String quorum,
            Set<UnknownKey> unknownLogs,
            Map<String, UnknownKey> unknownWitnesses) {
        this.logs = new LinkedHashSet<>(logs);
        this.witnesses = new LinkedHashMap<>(witnesses);
        this.groups = new LinkedHashMap<>(groups);
        this.quorum = quorum;
        this.unknownLogs = Set.copyOf(unknownLogs);
        this.unknownWitnesses = Map.copyOf(unknownWitnesses);
    }

    /** At least so many of these. */
    record Group(int threshold, List<String> members) {
        Group {
            members = List.copyOf(members);
        }
    }

    /**
     * Reads a policy file.
     *
     * @param octets ASCII, and what is opaque beyond it; keys' names are UTF-8
     * @throws IllegalArgumentException that says which line is wrong, and how
     */
    public static TrustPolicy parse(byte[] octets) {
        return PolicyLines.read(octets);
    }

    /**
     * The policy to trust a log by its keys alone, without witnesses.
     *
     * @param vkeys one on each line, all of the same name; blank lines do not count
     * @throws IllegalArgumentException that says which line is wrong, and how
     */
    public static TrustPolicy ofLogKeys(String vkeys) {
        Set<VerifierKey> keys = new LinkedHashSet<>();
        Set<UnknownKey> unknown = new LinkedHashSet<>();
        int number = 0;
        for (String vkey : vkeys.lines().toList()) {
            number++;
            if (vkey.isBlank()) {
                continue;
            }
            var found = PolicyLines.vkey(number, vkey);
            if (found.isEmpty()) {
                unknown.add(UnknownKey.of(vkey));
                continue;
            }
            requireNew(number, found.get(), keys);
            requireSameName(number, found.get(), keys);
            keys.add(found.get());
        }
        PolicyLines.require(
                !keys.isEmpty(),
                number + 1,
                "expected a vkey of a type known here, which are " + NoteAlgorithm.known()
                        + ", found the end of the text");
        return new TrustPolicy(keys, Map.of(), Map.of(), NONE, unknown, Map.of());
    }

    private static void requireSameName(int number, VerifierKey key, Set<VerifierKey> keys) {
        PolicyLines.require(
                keys.stream().allMatch(log -> log.name().equals(key.name())),
                number,
                "expected the same log as before, found '" + key.name() + "'");
    }

    /** Two vkeys of one public key would count it twice. */
    static void requireNew(int number, VerifierKey key, Collection<VerifierKey> known) {
        PolicyLines.require(
                known.stream().noneMatch(key::hasKeyOf), number, "expected a new key, found that of a line before");
    }

    /** This policy's witnesses for the logs of another, where this one names none. */
    public TrustPolicy forLogsOf(TrustPolicy other) {
        return new TrustPolicy(other.logs, witnesses, groups, quorum, other.unknownLogs, unknownWitnesses);
    }

    /** The keys of logs; empty where the policy leaves it to its users which logs they mean. */
    public Set<VerifierKey> logs() {
        return Set.copyOf(logs);
    }

    public Set<VerifierKey> witnesses() {
        return Set.copyOf(witnesses.values());
    }

    /** The keys that were left out because their types are not known here. */
    public Set<UnknownKey> unknown() {
        Set<UnknownKey> unknown = new LinkedHashSet<>(unknownLogs);
        unknown.addAll(unknownWitnesses.values());
        return unknown;
    }

    /**
     * Whether these are witnesses enough.
     *
     * @param cosigners whose cosignatures of one checkpoint were verified; those that the policy does not know do not count
     */
    public boolean isSatisfiedBy(Set<VerifierKey> cosigners) {
        return isQuorum(names(cosigners));
    }

    /** Whether these would be enough if the lines of keys of unknown types under the checkpoint were right, which nobody here can tell. */
    public boolean mightBeSatisfiedBy(Set<VerifierKey> cosigners, Note checkpoint) {
        Set<String> names = names(cosigners);
        unknownWitnesses.forEach((name, key) -> {
            if (checkpoint.signatures().stream().anyMatch(key::isMeantBy)) {
                names.add(name);
            }
        });
        return isQuorum(names);
    }

    private Set<String> names(Set<VerifierKey> cosigners) {
        return witnesses.keySet().stream()
                .filter(name -> cosigners.contains(witnesses.get(name)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private boolean isQuorum(Set<String> witnessed) {
        groups.forEach((name, group) -> {
            if (group.members().stream().filter(witnessed::contains).count() >= group.threshold()) {
                witnessed.add(name);
            }
        });
        return quorum.equals(NONE) || witnessed.contains(quorum);
    }
}
