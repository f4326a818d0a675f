package org.sealkeeper.cli.ceremony;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.ceremony.Transcript;

/** A transcript in words, for the binder. */
record TranscriptText(Transcript transcript) {
    List<String> lines() {
        return Stream.of(
                        new RequestText(transcript.request()).lines().stream(),
                        transcript.officersThen().stream().flatMap(this::needed),
                        transcript.approvals().stream()
                                .map(approval -> "Approved by " + approval.officer() + " at " + approval.approvedAt()),
                        Stream.of("Begun at " + transcript.begunAt()),
                        IntStream.range(0, transcript.result().outcomes().size())
                                .mapToObj(i -> "Outcome of " + (i + 1) + ": "
                                        + transcript.result().outcomes().get(i)),
                        transcript.result().basis().tokens().stream().map(token -> "Afterwards, token " + token),
                        drift(),
                        transcript.result().attributes().stream().map(object -> "Read back, " + object))
                .flatMap(lines -> lines)
                .toList();
    }

    private Stream<String> needed(Officers officers) {
        return Stream.of("Approvals needed: " + transcript.request().needed(officers) + " of "
                + officers.officers().size() + " officers");
    }

    private Stream<String> drift() {
        List<String> drift = transcript.result().basis().drift();
        return drift.isEmpty()
                ? Stream.of("Afterwards, every object of the tokens was as the store says: no drift.")
                : drift.stream().map(found -> "Afterwards, DRIFT, " + found);
    }
}
