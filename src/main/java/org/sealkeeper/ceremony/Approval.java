package org.sealkeeper.ceremony;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.sealkeeper.verify.CanonicalJson;
import org.sealkeeper.verify.CompactJws;
import org.sealkeeper.verify.JwsHeader;
import org.sealkeeper.verify.VerificationKey;

/**
 * An officer's signature over the digest of a request, as a JWS in compact form (RFC 7515 section 7.1; docs/formats/ceremony.md). Whether it is
 * the officer's is not judged yet.
 *
 * @param request the digest of the request
 * @param approvedAt to the second, by the officer's clock
 */
public record Approval(OfficerName officer, String request, Instant approvedAt, String jws) {
    /** More than any has. */
    public static final int MAX_BYTES = 8_192;

    private static final String TYPE = "ceremony-approval+jws";

    /**
     * Reads an approval.
     *
     * @throws IllegalArgumentException if it is anything but what Sealkeeper writes
     */
    public static Approval parse(String jws) {
        CompactJws signed = CompactJws.parse(jws);
        if (!signed.header().type().equals(TYPE)) {
            throw new IllegalArgumentException("expected a JWS of the type " + TYPE);
        }
        JsonNode json = CanonicalJson.parse(signed.payload());
        try {
            var approval = new Approval(
                    new OfficerName(CanonicalJson.text(json, "officer")),
                    CanonicalJson.text(json, "request"),
                    Instant.parse(CanonicalJson.text(json, "approvedAt")),
                    jws);
            if (!Arrays.equals(payload(approval.officer, approval.request, approval.approvedAt), signed.payload())) {
                throw new IllegalArgumentException("expected an approval as Sealkeeper writes it");
            }
            return approval;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time as 2026-11-29T10:00:00Z", e);
        }
    }

    /**
     * The bytes that an officer signs, with the algorithm of the officer's key; {@link #assemble} makes the approval of them.
     *
     * @param request the digest of the request
     */
    public static byte[] signingInput(Officer officer, String request, Instant now) {
        VerificationKey key = officer.key();
        return CompactJws.signingInput(
                new JwsHeader(key.algorithm(), key.keyId(), TYPE),
                payload(officer.name(), request, now.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** The approval of a signing input and its signature in JWS form. */
    public static Approval assemble(byte[] signingInput, byte[] signature) {
        return parse(CompactJws.assemble(signingInput, signature));
    }

    private static byte[] payload(OfficerName officer, String request, Instant approvedAt) {
        return CanonicalJson.bytes(
                Map.of("officer", officer.value(), "request", request, "approvedAt", approvedAt.toString()));
    }

    /** Whether this officer made it. */
    public boolean isSignedBy(Officer candidate) {
        return officer.equals(candidate.name()) && CompactJws.parse(jws).isSignedBy(candidate.key());
    }
}
