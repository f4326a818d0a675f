package org.sealkeeper.ceremony;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.verify.CanonicalJson;
import org.sealkeeper.verify.Digests;

/**
 * Changes that are asked for, to be made in this order, or not at all. Its canonical JSON is what officers approve; its digest names it
 * (docs/formats/ceremony.md).
 *
 * @param log the origin of the appliance's audit log
 * @param requestedBy who asks; of no consequence
 * @param createdAt to the second
 * @param validUntil to the second: it may be begun until then
 * @param nonce makes it another request than one for the same changes
 * @param officers the digest of those who approve changes when it is made; empty where there are none
 */
public record Request(
        String log,
        String requestedBy,
        Instant createdAt,
        Instant validUntil,
        String nonce,
        Optional<String> officers,
        Basis basis,
        List<Change> changes) {
    /** Far above any honest one. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String FORMAT = "sealkeeper-ceremony-request/1";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} .@_-]{1,64}");

    public Request {
        changes = List.copyOf(changes);
        if (!NAME.matcher(requestedBy).matches()) {
            throw new IllegalArgumentException(
                    "expected a requester's name of 1 to 64 letters, digits, blanks, '.', '@', '_', '-'");
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("expected a request for one change or more");
        }
        if (!createdAt.isBefore(validUntil)
                || !createdAt.equals(createdAt.truncatedTo(ChronoUnit.SECONDS))
                || !validUntil.equals(validUntil.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("expected a request that is valid from one second to a later one");
        }
    }

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if it is anything but what {@link #bytes} gives
     */
    public static Request parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        try {
            var request = new Request(
                    CanonicalJson.text(json, "log"),
                    CanonicalJson.text(json, "requestedBy"),
                    Instant.parse(CanonicalJson.text(json, "createdAt")),
                    Instant.parse(CanonicalJson.text(json, "validUntil")),
                    CanonicalJson.text(json, "nonce"),
                    json.has("officers") ? Optional.of(CanonicalJson.text(json, "officers")) : Optional.empty(),
                    Basis.parse(json.path("basis")),
                    CanonicalJson.items(json, "changes").stream()
                            .map(ChangeJson::parse)
                            .toList());
            if (!Arrays.equals(request.bytes(), bytes)) {
                throw new IllegalArgumentException("expected a request as Sealkeeper writes it, byte by byte");
            }
            return request;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected times as 2026-11-29T10:00:00Z", e);
        }
    }

    /** Its canonical JSON. */
    public byte[] bytes() {
        Map<String, Object> members = new HashMap<>(Map.of(
                "format",
                FORMAT,
                "log",
                log,
                "requestedBy",
                requestedBy,
                "createdAt",
                createdAt.toString(),
                "validUntil",
                validUntil.toString(),
                "nonce",
                nonce,
                "basis",
                basis.json(),
                "changes",
                changes.stream().map(ChangeJson::of).toList()));
        officers.ifPresent(digest -> members.put("officers", digest));
        return CanonicalJson.bytes(members);
    }

    /** The SHA-256 of its canonical JSON, in lowercase hex: {@code sha256sum} of the file. */
    public String digest() {
        return Digests.sha256(bytes());
    }

    /** The kind of change that most officers must approve decides for all. */
    public int needed(Officers officers) {
        return changes.stream()
                .map(Change::operation)
                .mapToInt(officers::needed)
                .max()
                .orElseThrow();
    }
}
