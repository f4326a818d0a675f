package org.sealkeeper.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.encoding.Rfc3339;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.LeafTree;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.verify.CanonicalJson;
import org.sealkeeper.verify.Digests;

/** The parts of a bundle of evidence, made with keys of the JDK: what an appliance would have signed and recorded. */
final class SoftwareEvidence {
    static final String POLICY = """
            roles:
              node-a: [{certificate: "urn:sealkeeper:node:node-a"}]
            grants:
              - {name: node-a, roles: [node-a], operations: [sign-block], chains: [lab-a]}
            denials: []
            separationExceptions: []
            ...
            """;

    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(1);

    private SoftwareEvidence() {}

    /** A log, and the checkpoint that its leaves are proven to. */
    record Log(List<String> entries, Note checkpoint) {

        /** Signed as an appliance does, and by those given. */
        static Log of(List<String> entries, SoftwareNoteKey... further) {
            return new Log(entries, SoftwareLog.sign(checkpoint(SoftwareLog.ORIGIN, entries), further));
        }

        static Checkpoint checkpoint(String origin, List<String> entries) {
            var tree = tree(entries);
            return new Checkpoint(new Origin(origin), tree.size(), tree.root());
        }

        private static LeafTree tree(List<String> entries) {
            return new LeafTree(entries.stream()
                    .map(entry -> TreeHash.ofLeaf(entry.getBytes(UTF_8)))
                    .toList());
        }

        List<ProvenLeaf> proven(int... indexes) {
            return Arrays.stream(indexes).mapToObj(this::proven).toList();
        }

        private ProvenLeaf proven(int index) {
            return new ProvenLeaf(
                    entries.get(index),
                    new TlogProof(index, tree(entries).proof(index).hashes(), checkpoint).toString());
        }
    }

    /** When the leaf of an index was written. */
    static String time(int index) {
        return Rfc3339.milliseconds(START.plus(STEP.multipliedBy(index)));
    }

    /** A leaf of a key's history. */
    static String ofKey(int index, SoftwareKey key, String operation, Map<String, Object> more) {
        Map<String, Object> members = new TreeMap<>(Map.of(
                "authentication",
                "local-command",
                "decision",
                "allowed",
                "key",
                "lab-a-blocks",
                "keyId",
                key.verificationKey().keyId().value(),
                "keyVersion",
                1L,
                "operation",
                operation,
                "outcome",
                "done",
                "rule",
                "local-command",
                "time",
                time(index),
                "v",
                1L));
        members.putAll(more);
        return new String(CanonicalJson.bytes(members), UTF_8);
    }

    /** The leaf of a block that is signed; {@code more} says how far that is. */
    static String ofBlock(int index, SoftwareKey key, BlockStatement block, Map<String, Object> more) {
        Map<String, Object> members = new TreeMap<>(Map.of(
                "authentication",
                "client-certificate",
                "blockHash",
                block.blockHash().hex(),
                "caller",
                "urn:sealkeeper:node:node-a",
                "chain",
                block.chain().value(),
                "decision",
                "allowed",
                "height",
                block.height().value(),
                "operation",
                "sign-block",
                "previousHash",
                block.previousHash().hex(),
                "rule",
                "grants/node-a",
                "time",
                time(index)));
        members.putAll(Map.of(
                "key",
                "lab-a-blocks",
                "keyId",
                key.verificationKey().keyId().value(),
                "keyVersion",
                1L,
                "policy",
                Digests.sha256(POLICY.getBytes(UTF_8)),
                "requestId",
                "r-" + block.height(),
                "v",
                1L));
        members.putAll(more);
        return new String(CanonicalJson.bytes(members), UTF_8);
    }

    /** A leaf of an emergency, and of the data key that was released in it. */
    static List<String> emergency(int first) {
        Map<String, Object> shared = Map.of(
                "authentication", "client-certificate",
                "caller", "urn:sealkeeper:clinic:clinic-a",
                "decision", "allowed",
                "key", "lab-a-patients",
                "keyVersion", 1L,
                "purpose", "BTG",
                "recipient", "clinic-a",
                "rule", "emergency",
                "v", 1L);
        List<Map<String, Object>> leaves = List.of(
                Map.of("operation", "begin-emergency-access", "outcome", "done", "justification", "00".repeat(32)),
                Map.of("operation", "unwrap-data-key", "outcome", "begun", "emergency", (long) first),
                Map.of(
                        "operation",
                        "unwrap-data-key",
                        "outcome",
                        "done",
                        "emergency",
                        (long) first,
                        "begun",
                        first + 1L,
                        "dataKey",
                        "ab".repeat(32)));
        List<String> entries = new ArrayList<>();
        for (Map<String, Object> leaf : leaves) {
            Map<String, Object> members = new TreeMap<>(shared);
            members.putAll(leaf);
            members.put("time", time(first + entries.size()));
            entries.add(new String(CanonicalJson.bytes(members), UTF_8));
        }
        return entries;
    }

    /** A certificate of a key that an authority of no importance signed, DER in base64. */
    static String certificate(SoftwareKey key) {
        var name = new X500Name("CN=lab-a-blocks-v1,OU=block-signing");
        var builder = new X509v3CertificateBuilder(
                name,
                BigInteger.TEN,
                Date.from(START),
                Date.from(START.plus(Duration.ofDays(365))),
                name,
                SubjectPublicKeyInfo.getInstance(key.verificationKey().spki()));
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(SoftwareLeaves.KEY.privateKey());
            return Base64.getEncoder().encodeToString(builder.build(signer).getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
