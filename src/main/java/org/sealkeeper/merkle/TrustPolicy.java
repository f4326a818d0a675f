package org.sealkeeper.merkle;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whose signatures make a checkpoint trustworthy (C2SP tlog-policy): any one of the keys of one log, and a quorum of
 * witnesses.
 */
public final class TrustPolicy {
    private static final String NONE = "none";
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,8}");

    private final Set<VerifierKey> logs = new LinkedHashSet<>();
    private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
    /** In the order of their lines, so that each comes after its members. */
    private final Map<String, Group> groups = new LinkedHashMap<>();
    /** Of all groups: who is a member of one is a member of no other, or would count twice. */
    private final Set<String> members = new HashSet<>();

    private String quorum = "";

    private TrustPolicy() {}

    /** At least so many of these. */
    private record Group(int threshold, List<String> members) {}

    /**
     * Reads a policy file. Sealkeeper asks more of it than the specification: there is a log, its keys all have the same
     * name and are of type 1 or 2, and those of witnesses are of type 4.
     *
     * @throws IllegalArgumentException that says which line is wrong, and how
     */
    public static TrustPolicy parse(String text) {
        var policy = new TrustPolicy();
        int number = 1;
        for (int from = 0; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            require(end >= 0, number, "expected a line feed at its end, found the end of the text");
            policy.readLine(number, text.substring(from, end));
            from = end + 1;
        }
        require(!policy.logs.isEmpty(), number, "expected 'log <vkey>' before, found the end of the text");
        require(!policy.quorum.isEmpty(), number, "expected 'quorum <name>|none' before, found the end of the text");
        return policy;
    }

    /**
     * The policy to trust a log by its keys alone, without witnesses.
     *
     * @param vkeys one on each line; blank lines do not count
     * @throws IllegalArgumentException that says which line is wrong, and how
     */
    public static TrustPolicy ofLogKeys(String vkeys) {
        var policy = new TrustPolicy();
        int number = 1;
        for (String vkey : vkeys.lines().toList()) {
            if (!vkey.isBlank()) {
                policy.addLog(number, vkey);
            }
            number++;
        }
        require(!policy.logs.isEmpty(), number, "expected a vkey, found the end of the text");
        policy.quorum = NONE;
        return policy;
    }

    /** The keys of the log, one or more, all of the same name. */
    public Set<VerifierKey> logs() {
        return Set.copyOf(logs);
    }

    public Set<VerifierKey> witnesses() {
        return Set.copyOf(witnesses.values());
    }

    /**
     * Whether these are witnesses enough.
     *
     * @param cosigners whose cosignatures of one checkpoint were verified; those that the policy does not know do not count
     */
    public boolean isSatisfiedBy(Set<VerifierKey> cosigners) {
        Set<String> witnessed = witnesses.keySet().stream()
                .filter(name -> cosigners.contains(witnesses.get(name)))
                .collect(Collectors.toCollection(HashSet::new));
        groups.forEach((name, group) -> {
            if (group.members().stream().filter(witnessed::contains).count() >= group.threshold()) {
                witnessed.add(name);
            }
        });
        return quorum.equals(NONE) || witnessed.contains(quorum);
    }

    private void readLine(int number, String line) {
        require(
                line.codePoints().noneMatch(character -> (character < ' ' && character != '\t') || character == 0x7f),
                number,
                "expected no control characters but tabs, found another");
        List<String> words =
                BLANKS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return;
        }
        switch (words.getFirst()) {
            case "log" -> {
                requireForm(number, line, words.size() == 2 || words.size() == 3, "log <vkey> [url]");
                addLog(number, words.get(1));
            }
            case "witness" -> {
                requireForm(number, line, words.size() == 3 || words.size() == 4, "witness <name> <vkey> [url]");
                addWitness(number, words.get(1), words.get(2));
            }
            case "group" -> {
                requireForm(number, line, words.size() >= 4, "group <name> all|any|<k> <members>");
                addGroup(number, words.get(1), words.get(2), words.subList(3, words.size()));
            }
            case "quorum" -> {
                requireForm(number, line, words.size() == 2, "quorum <name>|none");
                setQuorum(number, words.get(1));
            }
            default -> requireForm(number, line, false, "log, witness, group or quorum");
        }
    }

    private void addLog(int number, String vkey) {
        VerifierKey key = vkey(number, vkey);
        require(
                key.algorithm() != NoteAlgorithm.COSIGNATURE_V1,
                number,
                "expected a log's key of type 1 or 2, found a witness's");
        requireNew(number, key, logs);
        require(
                logs.stream().allMatch(log -> log.name().equals(key.name())),
                number,
                "expected the same log as before, found '" + key.name() + "'");
        logs.add(key);
    }

    private void addWitness(int number, String name, String vkey) {
        requireNew(number, name);
        VerifierKey key = vkey(number, vkey);
        require(
                key.algorithm() == NoteAlgorithm.COSIGNATURE_V1,
                number,
                "expected a witness's key, of type 4, found another");
        requireNew(number, key, witnesses.values());
        witnesses.put(name, key);
    }

    private void addGroup(int number, String name, String threshold, List<String> of) {
        requireNew(number, name);
        for (String member : of) {
            require(isDefined(member), number, "expected members from lines before, found '" + member + "'");
            require(members.add(member), number, "expected members of no other group, found '" + member + "'");
        }
        groups.put(name, new Group(threshold(number, threshold, of.size()), of));
    }

    private void setQuorum(int number, String name) {
        require(quorum.isEmpty(), number, "expected one quorum line, found a second");
        require(
                name.equals(NONE) || isDefined(name),
                number,
                "expected 'none' or a name from a line before, found '" + name + "'");
        quorum = name;
    }

    private static int threshold(int number, String text, int size) {
        return switch (text) {
            case "all" -> size;
            case "any" -> 1;
            default -> {
                require(
                        THRESHOLD.matcher(text).matches() && Integer.parseInt(text) <= size,
                        number,
                        "expected all, any or 1 to " + size + ", found '" + text + "'");
                yield Integer.parseInt(text);
            }
        };
    }

    private static VerifierKey vkey(int number, String text) {
        try {
            return VerifierKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + number + ": expected a vkey, found '" + text + "': " + e.getMessage(), e);
        }
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || groups.containsKey(name);
    }

    private void requireNew(int number, String name) {
        require(!name.equals(NONE) && !isDefined(name), number, "expected a new name, found '" + name + "'");
    }

    private static void requireNew(int number, VerifierKey key, Collection<VerifierKey> known) {
        require(known.stream().noneMatch(key::hasKeyOf), number, "expected a new key, found that of a line before");
    }

    private static void requireForm(int number, String line, boolean isMet, String form) {
        require(isMet, number, "expected '" + form + "', found '" + line + "'");
    }

    private static void require(boolean isMet, int number, String message) {
        if (!isMet) {
            throw new IllegalArgumentException("line " + number + ": " + message);
        }
    }
}
