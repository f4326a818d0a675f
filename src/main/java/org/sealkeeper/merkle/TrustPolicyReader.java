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

/** Reads the lines of a policy file (C2SP tlog-policy). In this class, a character is an octet of the file. */
final class TrustPolicyReader {
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,8}");

    private final Set<VerifierKey> logs = new LinkedHashSet<>();
    private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
    /** Witnesses that can be named, but never be seen to have cosigned: their keys are of types not known here. */
    private final Map<String, UnknownKey> unknownWitnesses = new TreeMap<>();

    private final Set<UnknownKey> unknownLogs = new LinkedHashSet<>();

    private final Map<String, WitnessQuorum.Group> groups = new LinkedHashMap<>();
    /** Of all groups: a member of one must not be a member of another, or it would count twice. */
    private final Set<String> members = new HashSet<>();

    private String quorum = "";
    private LineNumber quorumLine = new LineNumber(0);

    private TrustPolicyReader() {}

    static TrustPolicy read(byte[] octets) {
        var reader = new TrustPolicyReader();
        String text = new String(octets, ISO_8859_1);
        int number = 1;
        for (int from = 0; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            var line = new LineNumber(number);
            line.require(end >= 0, "expected a line feed at its end, found the end of the text");
            reader.readLine(line, text.substring(from, end));
            from = end + 1;
        }
        return reader.policy(new LineNumber(number));
    }

    private TrustPolicy policy(LineNumber end) {
        end.require(!quorum.isEmpty(), "expected 'quorum <name>|none' before, found the end of the text");
        end.require(
                !logs.isEmpty() || unknownLogs.isEmpty(),
                "expected a log's key of a type known here before, which are " + NoteAlgorithm.known()
                        + ", found the end of the text");
        var required = new WitnessQuorum(witnesses, unknownWitnesses, groups, quorum);
        quorumLine.require(
                required.isMetBy(witnesses.values()),
                "expected a quorum of witnesses with keys of types known here, which are " + NoteAlgorithm.known()
                        + ", found that it needs others, of " + shown(String.join(", ", unknownWitnesses.keySet())));
        return new TrustPolicy(logs, unknownLogs, required);
    }

    private void readLine(LineNumber at, String line) {
        at.require(
                line.chars().noneMatch(octet -> (octet < ' ' && octet != '\t') || octet == 0x7f),
                "expected no control characters but tabs, found another");
        List<String> words =
                BLANKS.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return;
        }
        switch (words.getFirst()) {
            case "log" -> {
                requireForm(at, line, words.size() == 2 || words.size() == 3, "log <vkey> [url]");
                addLog(at, words.get(1));
            }
            case "witness" -> {
                requireForm(at, line, words.size() == 3 || words.size() == 4, "witness <name> <vkey> [url]");
                addWitness(at, words.get(1), words.get(2));
            }
            case "group" -> {
                requireForm(at, line, words.size() >= 4, "group <name> all|any|<k> <members>");
                addGroup(at, words.get(1), words.get(2), words.subList(3, words.size()));
            }
            case "quorum" -> {
                requireForm(at, line, words.size() == 2, "quorum <name>|none");
                setQuorum(at, words.get(1));
            }
            default -> requireForm(at, line, false, "log, witness, group or quorum");
        }
    }

    /** A log signs as it likes (C2SP tlog-checkpoint). */
    private void addLog(LineNumber at, String vkey) {
        Optional<VerifierKey> key = at.vkey(shown(vkey));
        key.ifPresentOrElse(
                known -> {
                    at.requireNew(known, logs);
                    logs.add(known);
                },
                () -> unknownLogs.add(UnknownKey.of(shown(vkey))));
    }

    private void addWitness(LineNumber at, String name, String vkey) {
        requireNew(at, name);
        Optional<VerifierKey> key = at.vkey(shown(vkey));
        key.ifPresentOrElse(
                known -> {
                    at.require(known.algorithm().isTimed(), "expected a witness's key, of type 4 or 6, found another");
                    at.requireNew(known, witnesses.values());
                    witnesses.put(name, known);
                },
                () -> unknownWitnesses.put(name, UnknownKey.of(shown(vkey))));
    }

    private void addGroup(LineNumber at, String name, String threshold, List<String> of) {
        requireNew(at, name);
        for (String member : of) {
            at.require(isDefined(member), "expected members from lines before, found '" + shown(member) + "'");
            at.require(members.add(member), "expected members of no other group, found '" + shown(member) + "'");
        }
        groups.put(name, new WitnessQuorum.Group(threshold(at, threshold, of.size()), of));
    }

    private void setQuorum(LineNumber at, String name) {
        at.require(quorum.isEmpty(), "expected one quorum line, found a second");
        at.require(
                name.equals(WitnessQuorum.NONE) || isDefined(name),
                "expected 'none' or a name from a line before, found '" + shown(name) + "'");
        quorum = name;
        quorumLine = at;
    }

    private static int threshold(LineNumber at, String text, int size) {
        return switch (text) {
            case "all" -> size;
            case "any" -> 1;
            default -> {
                at.require(
                        THRESHOLD.matcher(text).matches() && Integer.parseInt(text) <= size,
                        "expected all, any or 1 to " + size + ", found '" + shown(text) + "'");
                yield Integer.parseInt(text);
            }
        };
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || unknownWitnesses.containsKey(name) || groups.containsKey(name);
    }

    private void requireNew(LineNumber at, String name) {
        at.require(
                !name.equals(WitnessQuorum.NONE) && !isDefined(name),
                "expected a new name, found '" + shown(name) + "'");
    }

    private static void requireForm(LineNumber at, String line, boolean isMet, String form) {
        at.require(isMet, "expected '" + form + "', found '" + shown(line) + "'");
    }

    /** The octets as what most of them are. */
    private static String shown(String octets) {
        return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }
}
