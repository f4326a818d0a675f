package org.sealkeeper.sealing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an earlier {@link RewrapRun} over the same input left in the output.
 *
 * <p>The lines that it did not move are asked about once more: before the old version is destroyed, every refusal must have been reported
 * by the last run.
 */
final class EarlierRun {
    // Of the longest contexts there are, so many fit into a request.
    private static final int MOST_ASKED_AGAIN = 16;

    private final RewrapBatch appliance;
    private final Path input;
    private final Path output;
    private final RewrapComplaints complaints;

    EarlierRun(RewrapBatch appliance, Path input, Path output, RewrapComplaints complaints) {
        this.appliance = appliance;
        this.input = input;
        this.output = output;
        this.complaints = complaints;
    }

    /**
     * Reads past the lines of the input that the output has, and cuts off a last line of the output that has no end.
     *
     * @return what became of those lines
     * @throws MalformedFile if the output is not of a run over this input
     */
    RewrapCounts skip(KeyLines lines) throws IOException {
        long earlier = WholeLines.keep(output);
        RewrapCounts counts = RewrapCounts.ofEarlier(earlier);
        if (earlier == 0) {
            return counts;
        }
        SortedMap<Long, ObjectNode> unmoved = new TreeMap<>();
        try (var written = new KeyLines(output)) {
            for (long number = 1; number <= earlier; number++) {
                ObjectNode after = written.next().orElseThrow();
                if (wasMoved(lines.next(), after)) {
                    continue;
                }
                unmoved.put(number, after);
                if (unmoved.size() == MOST_ASKED_AGAIN) {
                    counts = askAgain(unmoved, counts);
                    unmoved.clear();
                }
            }
        }
        return unmoved.isEmpty() ? counts : askAgain(unmoved, counts);
    }

    private boolean wasMoved(Optional<ObjectNode> before, ObjectNode after) {
        if (before.isEmpty() || !before.get().path("context").equals(after.path("context"))) {
            throw new MalformedFile(
                    output + ": expected the output of an earlier run over " + input
                            + ", found that of another; name a new file",
                    null);
        }
        return !before.get().path("wrapped").equals(after.path("wrapped"));
    }

    private RewrapCounts askAgain(SortedMap<Long, ObjectNode> unmoved, RewrapCounts before) {
        Iterator<RewrapBatch.Result> results =
                appliance.results(unmoved.values()).iterator();
        RewrapCounts counts = before;
        for (Map.Entry<Long, ObjectNode> line : unmoved.entrySet()) {
            RewrapBatch.Result result = results.next();
            if (!result.isUnchanged(line.getValue())) {
                complaints.about(line.getKey(), result.problem().orElse("could not be moved by the earlier run"));
                counts = counts.withRefusedEarlier();
            }
        }
        return counts;
    }
}
