package org.sealkeeper.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a data key is bound to: names and values that tell its record from every other, such as the record's id. Whoever
 * wants the key must know them exactly. The order in which they are written does not matter.
 *
 * <p>It may name a patient, so it is neither kept nor logged.
 */
public record Context(SortedMap<String, String> members) {
    static final int MOST_MEMBERS = 16;
    static final int LONGEST_NAME = 64;
    static final int LONGEST_VALUE = 512;

    /**
     * @throws IllegalArgumentException unless there are 1 to {@value #MOST_MEMBERS} members, with names of 1 to
     *     {@value #LONGEST_NAME} and values of 0 to {@value #LONGEST_VALUE} UTF-16 code units
     */
    public Context {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        if (members.isEmpty() || members.size() > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MOST_MEMBERS + " members that name the record, found " + members.size());
        }
        members.forEach(Context::check);
    }

    /** As above, of any map. */
    public static Context of(Map<String, String> members) {
        return new Context(new TreeMap<>(members));
    }

    /** The context in RFC 8785 canonical form, in UTF-8. Names are sorted by UTF-16 code units, as {@link String} compares. */
    public byte[] canonicalJson() {
        var json = new StringBuilder(256);
        char separator = '{';
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.append(separator);
            CanonicalString.append(member.getKey(), json);
            json.append(':');
            CanonicalString.append(member.getValue(), json);
            separator = ',';
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether no character was lost before it came here: U+FFFD stands where one could not be read. */
    public boolean isLegible() {
        return members.entrySet().stream()
                .noneMatch(member -> member.getKey().indexOf('\uFFFD') >= 0
                        || member.getValue().indexOf('\uFFFD') >= 0);
    }

    /** A complaint that quotes nothing: the text may be about a patient. */
    private static void check(String name, String value) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !isWhole(name)) {
            throw new IllegalArgumentException(
                    "expected member names of 1 to " + LONGEST_NAME + " whole Unicode characters");
        }
        if (value.length() > LONGEST_VALUE || !isWhole(value)) {
            throw new IllegalArgumentException(
                    "expected member values of at most " + LONGEST_VALUE + " whole Unicode characters");
        }
    }

    /** Half a surrogate pair would become a question mark, and two contexts one. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Says nothing: see above. */
    @Override
    public String toString() {
        return "Context[" + members.size() + " members]";
    }
}
