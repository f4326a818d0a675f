package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.verify.CanonicalJson;

/**
 * All that proves, years later, what was done in a ceremony and who approved it (docs/formats/ceremony.md).
 *
 * @param officers the text of the officers' file then; empty where there were none
 * @param revocations PEM of the lists by which the officers' certificates were judged
 * @param begun the leaf that says that it began
 * @param ended the leaf that says that it ended
 */
public record Transcript(
        Request request,
        List<Approval> approvals,
        Optional<String> officers,
        Optional<String> revocations,
        CeremonyResult result,
        ProvenLeaf begun,
        ProvenLeaf ended) {
    /** Far above any honest one. */
    public static final int MAX_BYTES = 1 << 24;

    private static final String FORMAT = "sealkeeper-ceremony-transcript/1";

    public Transcript {
        approvals = List.copyOf(approvals);
    }

    /**
     * Reads a transcript.
     *
     * @throws IllegalArgumentException if it is anything but what {@link #bytes} gives
     */
    public static Transcript parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        var transcript = new Transcript(
                Request.parse(CanonicalJson.text(json, "request").getBytes(UTF_8)),
                CanonicalJson.texts(json, "approvals").stream()
                        .map(Approval::parse)
                        .toList(),
                optional(json, "officers"),
                optional(json, "revocations"),
                CeremonyResult.parse(json.path("result")),
                ProvenLeaf.parse(json.path("begun")),
                ProvenLeaf.parse(json.path("ended")));
        if (!Arrays.equals(transcript.bytes(), bytes)) {
            throw new IllegalArgumentException("expected a transcript as Sealkeeper writes it, byte by byte");
        }
        return transcript;
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.has(name) ? Optional.of(CanonicalJson.text(json, name)) : Optional.empty();
    }

    /** Its canonical JSON. */
    public byte[] bytes() {
        Map<String, Object> members = new HashMap<>(Map.of(
                "format", FORMAT,
                "request", new String(request.bytes(), UTF_8),
                "approvals", approvals.stream().map(Approval::jws).toList(),
                "result", result.json(),
                "begun", begun.json(),
                "ended", ended.json()));
        officers.ifPresent(text -> members.put("officers", text));
        revocations.ifPresent(pem -> members.put("revocations", pem));
        return CanonicalJson.bytes(members);
    }

    /** The officers who approved changes then. */
    public Optional<Officers> officersThen() {
        return officers.map(text -> Officers.parse(Path.of("officers of the transcript"), text));
    }

    /** What its leaf says of when it began. */
    public Instant begunAt() {
        return Instant.parse(begun.leaf().text(LeafField.TIME).orElseThrow());
    }

    /**
     * Whether the officers of then approved it, by the certificates and revocation lists of then, and the leaves are those of this request. That
     * the leaves are in the log is not judged here, nor that the officers are those the organisation had.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if officers or lists cannot be read
     * @throws IllegalArgumentException if a leaf cannot
     */
    public Verdict judge() {
        return whyOtherLeaf("begun", begun, Outcome.BEGUN)
                .or(() -> whyOtherLeaf("ended", ended, Outcome.DONE))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> new ApprovalJudge(officersThen(), lists()).judge(request, approvals, begunAt()));
    }

    /** Whether the leaf that says that it ended names the leaf of this index as its beginning. */
    public boolean endsWhatBeganAt(long index) {
        return ended.leaf().number(LeafField.BEGUN).equals(OptionalLong.of(index));
    }

    private Optional<KeyFile> lists() {
        return revocations.map(
                pem -> new KeyFile(FileContent.of(Path.of("revocations of the transcript"), pem.getBytes(UTF_8))));
    }

    private Optional<String> whyOtherLeaf(String name, ProvenLeaf proven, Outcome outcome) {
        RecordedLeaf leaf = proven.leaf();
        boolean isOfThis = leaf.says(LeafField.OPERATION, Operation.CONDUCT_CEREMONY.text())
                && leaf.says(LeafField.OUTCOME, outcome.text())
                && leaf.says(LeafField.RULE, ApprovedChanges.decision(request).rule())
                && leaf.text(LeafField.POLICY).equals(request.officers());
        return isOfThis
                ? Optional.empty()
                : Optional.of("the leaf '" + name + "' does not say that the request " + request.digest() + " was "
                        + outcome.text());
    }
}
