package org.sealkeeper.transparency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * Some entries of the published log.
 *
 * @param size how many leaves that log has
 * @param next the {@code from} of the next page; absent where the log ends
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EntryPage(List<Entry> entries, long size, Optional<Long> next) {
    /** However few leaves are wanted, a page looks at no more than these. */
    private static final int MOST_LOOKED_AT = 10_000;

    private static final int READ_AT_ONCE = 500;

    /** One leaf, as its bytes are hashed. */
    record Entry(
            long index,
            @JsonRawValue @Schema(type = SchemaType.OBJECT) String leaf) {}

    static EntryPage of(PublishedLog log, long from, int limit, EntryFilter filter) {
        List<Entry> found = new ArrayList<>();
        long size = log.checkpoint().size();
        long end = Math.min(size, from > Long.MAX_VALUE - MOST_LOOKED_AT ? size : from + MOST_LOOKED_AT);
        long at = from;
        while (at < end) {
            for (byte[] entry : log.entries(at, Math.min(at + READ_AT_ONCE, end))) {
                if (filter.accepts(RecordedLeaf.parse(entry))) {
                    found.add(new Entry(at, new String(entry, StandardCharsets.UTF_8)));
                }
                at++;
                if (found.size() == limit) {
                    return new EntryPage(found, size, at < size ? Optional.of(at) : Optional.empty());
                }
            }
        }
        return new EntryPage(found, size, at < size ? Optional.of(at) : Optional.empty());
    }
}
