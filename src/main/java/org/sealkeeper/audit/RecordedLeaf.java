package org.sealkeeper.audit;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sealkeeper.verify.FlatObject;
import org.sealkeeper.verify.StrictUtf8;

/** A leaf as it is in the log. */
public final class RecordedLeaf {
    private final SortedMap<String, Object> members;
    private final Optional<String> unknown;

    private RecordedLeaf(SortedMap<String, Object> members, Optional<String> unknown) {
        this.members = members;
        this.unknown = unknown;
    }

    /** A leaf of ours. */
    static RecordedLeaf of(Map<LeafField, Object> members) {
        SortedMap<String, Object> named = new TreeMap<>();
        members.forEach((field, value) -> named.put(field.fieldName(), value));
        return new RecordedLeaf(named, Optional.empty());
    }

    /**
     * Reads an entry of the log. Every version of the format is a flat object in canonical JSON that says which it is; of a version or
     * a member that is not known here, {@link #unknown} says what.
     *
     * @throws IllegalArgumentException if it is no leaf of any version
     */
    public static RecordedLeaf parse(byte[] entry) {
        SortedMap<String, Object> members =
                new TreeMap<>(FlatObject.parse(StrictUtf8.decode(entry)).members());
        if (!Arrays.equals(CanonicalLeaf.of(members), entry)) {
            throw new IllegalArgumentException("expected a leaf in canonical JSON (RFC 8785)");
        }
        if (!(members.get(LeafField.VERSION.fieldName()) instanceof Long version)) {
            throw new IllegalArgumentException("expected a leaf that says the version of its format");
        }
        return new RecordedLeaf(
                members,
                version == LeafJson.FORMAT
                        ? unknownMember(members)
                        : Optional.of("version " + version + " of the leaf format"));
    }

    private static Optional<String> unknownMember(SortedMap<String, Object> members) {
        Optional<String> unknown = Optional.empty();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            Optional<LeafField> field = LeafField.named(member.getKey());
            if (field.filter(known -> !known.takes(member.getValue())).isPresent()) {
                throw new IllegalArgumentException("expected another type of value in '" + member.getKey() + "'");
            }
            if (field.isEmpty() && unknown.isEmpty()) {
                unknown = Optional.of("the member '" + member.getKey() + "'");
            }
        }
        return unknown;
    }

    /** What of its form is not known here; empty where all of it is. */
    public Optional<String> unknown() {
        return unknown;
    }

    /** The text of a member; empty where the leaf has none. */
    public Optional<String> text(LeafField field) {
        return value(field).filter(String.class::isInstance).map(String.class::cast);
    }

    /** The number of a member; empty where the leaf has none. */
    public OptionalLong number(LeafField field) {
        return members.get(field.fieldName()) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** The text or the number of a member; empty where the leaf has none. */
    public Optional<Object> value(LeafField field) {
        return Optional.ofNullable(members.get(field.fieldName()));
    }

    public boolean says(LeafField field, String value) {
        return value.equals(members.get(field.fieldName()));
    }

    /** All its members, those not known here too, in the order of their names. */
    public SortedMap<String, Object> members() {
        return Collections.unmodifiableSortedMap(members);
    }

    /** The entry of the log. */
    public byte[] entry() {
        return CanonicalLeaf.of(members);
    }
}
