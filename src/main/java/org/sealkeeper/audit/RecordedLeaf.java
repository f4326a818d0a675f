package org.sealkeeper.audit;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.verify.FlatObject;
import org.sealkeeper.verify.StrictUtf8;

/** A leaf as an auditor reads it back from the log. */
public final class RecordedLeaf {
    private final EnumMap<LeafField, Object> members;

    private RecordedLeaf(EnumMap<LeafField, Object> members) {
        this.members = members;
    }

    /**
     * Reads an entry of the log.
     *
     * @throws IllegalArgumentException if it is not the canonical JSON of a leaf of a version known here
     */
    public static RecordedLeaf parse(byte[] entry) {
        var members = new EnumMap<LeafField, Object>(LeafField.class);
        FlatObject.parse(StrictUtf8.decode(entry)).members().forEach((name, value) -> {
            LeafField field = LeafField.named(name).orElseThrow(() -> unknown(name));
            if (!field.takes(value)) {
                throw new IllegalArgumentException("expected another type of value in '" + name + "'");
            }
            members.put(field, value);
        });
        if (!Long.valueOf(Leaf.FORMAT).equals(members.get(LeafField.VERSION))) {
            throw new IllegalArgumentException("expected a leaf of version " + Leaf.FORMAT);
        }
        if (!Arrays.equals(CanonicalLeaf.of(members), entry)) {
            throw new IllegalArgumentException("expected a leaf in canonical JSON (RFC 8785)");
        }
        return new RecordedLeaf(members);
    }

    /** The text of a member; empty where the leaf has none. */
    public Optional<String> text(LeafField field) {
        return Optional.ofNullable((String) members.get(field));
    }

    /** The number of a member; empty where the leaf has none. */
    public OptionalLong number(LeafField field) {
        return members.get(field) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    public boolean says(LeafField field, String value) {
        return value.equals(members.get(field));
    }

    /** All its members, in the order of their names. */
    public Map<LeafField, Object> members() {
        return Collections.unmodifiableMap(members);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("expected only known members, found '" + name + "'");
    }
}
