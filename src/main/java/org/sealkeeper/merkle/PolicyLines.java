package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the lines of a policy file (C2SP tlog-policy). In here, a character is an octet of the file. */
final class PolicyLines {
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,8}");

    private final Set<VerifierKey> logs = new LinkedHashSet<>();
    private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
    /** Witnesses that can be named, but never be seen to have cosigned: their keys are of types not known here. */
    private final Map<String, UnknownKey> unknownWitnesses = new TreeMap<>();

    private final Set<UnknownKey> unknownLogs = new LinkedHashSet<>();

    private final Map<String, TrustPolicy.Group> groups = new LinkedHashMap<>();
    /** Of all groups: who is a member of one is a member of no other, or would count twice. */
    private final Set<String> members = new HashSet<>();

    private String quorum = "";
    private int quorumLine;

    private PolicyLines() {}

    static TrustPolicy read(byte[] octets) {
        var lines = new PolicyLines();
        String text = new String(octets, ISO_8859_1);
        int number = 1;
        for (int from = 0; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            require(end >= 0, number, "expected a line feed at its end, found the end of the text");
            lines.readLine(number, text.substring(from, end));
            from = end + 1;
        }
        return lines.policy(number);
    }

    private TrustPolicy policy(int end) {
        require(!quorum.isEmpty(), end, "expected 'quorum <name>|none' before, found the end of the text");
        require(
                !logs.isEmpty() || unknownLogs.isEmpty(),
                end,
                "expected a log's key of a type known here before, which are " + NoteAlgorithm.known()
                        + ", found the end of the text");
        var policy = new TrustPolicy(logs, witnesses, groups, quorum, unknownLogs, unknownWitnesses);
        require(
                policy.isSatisfiedBy(policy.witnesses()),
                quorumLine,
                "expected a quorum of witnesses with keys of types known here, which are " + NoteAlgorithm.known()
                        + ", found that it needs others, of " + shown(String.join(", ", unknownWitnesses.keySet())));
        return policy;
    }

    private void readLine(int number, String line) {
        require(
                line.chars().noneMatch(octet -> (octet < ' ' && octet != '\t') || octet == 0x7f),
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

    /** A log signs as it likes (C2SP tlog-checkpoint). */
    private void addLog(int number, String vkey) {
        Optional<VerifierKey> key = vkey(number, shown(vkey));
        key.ifPresentOrElse(
                known -> {
                    TrustPolicy.requireNew(number, known, logs);
                    logs.add(known);
                },
                () -> unknownLogs.add(UnknownKey.of(shown(vkey))));
    }

    private void addWitness(int number, String name, String vkey) {
        requireNew(number, name);
        Optional<VerifierKey> key = vkey(number, shown(vkey));
        key.ifPresentOrElse(
                known -> {
                    require(
                            known.algorithm().isTimed(),
                            number,
                            "expected a witness's key, of type 4 or 6, found another");
                    TrustPolicy.requireNew(number, known, witnesses.values());
                    witnesses.put(name, known);
                },
                () -> unknownWitnesses.put(name, UnknownKey.of(shown(vkey))));
    }

    private void addGroup(int number, String name, String threshold, List<String> of) {
        requireNew(number, name);
        for (String member : of) {
            require(isDefined(member), number, "expected members from lines before, found '" + shown(member) + "'");
            require(members.add(member), number, "expected members of no other group, found '" + shown(member) + "'");
        }
        groups.put(name, new TrustPolicy.Group(threshold(number, threshold, of.size()), of));
    }

    private void setQuorum(int number, String name) {
        require(quorum.isEmpty(), number, "expected one quorum line, found a second");
        require(
                name.equals(TrustPolicy.NONE) || isDefined(name),
                number,
                "expected 'none' or a name from a line before, found '" + shown(name) + "'");
        quorum = name;
        quorumLine = number;
    }

    private static int threshold(int number, String text, int size) {
        return switch (text) {
            case "all" -> size;
            case "any" -> 1;
            default -> {
                require(
                        THRESHOLD.matcher(text).matches() && Integer.parseInt(text) <= size,
                        number,
                        "expected all, any or 1 to " + size + ", found '" + shown(text) + "'");
                yield Integer.parseInt(text);
            }
        };
    }

    /** Empty where the key is of a type not known here. */
    static Optional<VerifierKey> vkey(int number, String text) {
        try {
            return VerifierKey.find(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + number + ": expected a vkey, found '" + text + "': " + e.getMessage(), e);
        }
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || unknownWitnesses.containsKey(name) || groups.containsKey(name);
    }

    private void requireNew(int number, String name) {
        require(
                !name.equals(TrustPolicy.NONE) && !isDefined(name),
                number,
                "expected a new name, found '" + shown(name) + "'");
    }

    private static void requireForm(int number, String line, boolean isMet, String form) {
        require(isMet, number, "expected '" + form + "', found '" + shown(line) + "'");
    }

    /** The octets as what most of them are. */
    private static String shown(String octets) {
        return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }

    static void require(boolean isMet, int number, String message) {
        if (!isMet) {
            throw new IllegalArgumentException("line " + number + ": " + message);
        }
    }
}
