package org.sealkeeper.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.merkle.TreeHash;

/**
 * A block of a chain with its signature.
 *
 * @param signedAt RFC 3339, as it was signed
 * @param keyId of the key that signed, an RFC 7638 thumbprint
 * @param jws the signature in compact form, of the block or of its batch
 * @param batched where it is of a batch: the JSON of the block's {@code statement} and {@code proof} (docs/formats/block-batch.md)
 * @param leaf where it is recorded: the leaf's identifier; empty where that is not known
 */
public record SignedBlock(
        ChainName chain,
        Height height,
        String signedAt,
        KeyId keyId,
        String jws,
        Optional<String> batched,
        Optional<String> leaf) {
    private static final Coding ACTIVITY = Coding.lifecycle("attest");
    private static final Coding SIGNER = Coding.hl7("provenance-participant-type", "attester", "Attester");
    /** Of ASTM E1762: made by the device that the signed data comes from. */
    private static final Coding SOURCE_SIGNATURE =
            new Coding("urn:iso-astm:E1762-95:2013", "1.2.840.10065.1.12.1.14", "Source Signature");

    /** Within the resource. */
    private static final String BATCHED = "batched";

    private static final int DIGITS = 32;

    /** The identifier of a leaf, for {@link #leaf}. */
    public static String leaf(String log, long index) {
        return LoggedLeaf.identifier(log, index);
    }

    private Party block() {
        return Entity.block(chain.value(), height.value());
    }

    /** RFC 9278. */
    private Party key() {
        return Party.named("urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + keyId.value());
    }

    /** The same each time, and of no other block: one height has one signature. */
    String id() {
        return TreeHash.ofLeaf((chain.value() + "/" + height.value()).getBytes(UTF_8))
                        .hex()
                        .substring(0, DIGITS) + "-" + height.value();
    }

    /** R4 and R5 write it alike. */
    Members provenance() {
        Members agent = new Members().with("type", Members.concept(SIGNER)).with("who", Members.reference(key()));
        return new Members()
                .with("resourceType", "Provenance")
                .with("id", id())
                .withAll("contained", contained())
                .withAll("target", List.of(Members.reference(block())))
                .with("recorded", signedAt)
                .with("activity", Members.concept(ACTIVITY))
                .withAll("agent", List.of(agent))
                .withAll("entity", entities())
                .withAll("signature", List.of(signature()));
    }

    /** What the signature follows from: its leaf, and of a batch the statement and the proof. */
    private List<Members> entities() {
        return Stream.concat(
                        leaf.map(id -> Members.reference(Party.own("leaf", id, id))).stream(),
                        batched.map(_ -> new Members().with("reference", "#" + BATCHED)).stream())
                .map(what -> new Members().with("role", "source").with("what", what))
                .toList();
    }

    /** A DocumentReference that holds the document itself. */
    private List<Members> contained() {
        return batched.stream()
                .map(json -> new Members()
                        .with("resourceType", "DocumentReference")
                        .with("id", BATCHED)
                        .with("status", "current")
                        .withAll("content", List.of(new Members().with("attachment", attachment(json)))))
                .toList();
    }

    private static Members attachment(String json) {
        return new Members().with("contentType", "application/json").with("data", base64(json));
    }

    private Members signature() {
        return new Members()
                .withAll("type", List.of(Members.of(SOURCE_SIGNATURE)))
                .with("when", signedAt)
                .with("who", Members.reference(key()))
                .with("sigFormat", "application/jose")
                .with("data", base64(jws));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
