package org.sealkeeper.ceremony.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.verify.CanonicalJson;

/**
 * A catalogue, and the proof that the appliance wrote it (docs/formats/catalogue.md): a leaf of its audit log has the digest.
 *
 * @param leaf that it is in the log is to be judged by those who read the file
 */
public record CatalogueFile(Catalogue catalogue, ProvenLeaf leaf) {
    /** Room for ten thousand keys. */
    public static final int MAX_BYTES = 1 << 26;

    private static final String FORMAT = "sealkeeper-catalogue-file/1";

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is anything but what {@link #bytes} gives, or its leaf is about another catalogue
     */
    public static CatalogueFile parse(byte[] bytes) {
        JsonNode json = CanonicalJson.parse(bytes);
        var file = new CatalogueFile(
                Catalogue.parse(CanonicalJson.text(json, "catalogue").getBytes(UTF_8)),
                ProvenLeaf.parse(json.path("leaf")));
        if (!Arrays.equals(file.bytes(), bytes)) {
            throw new IllegalArgumentException("expected a catalogue as Sealkeeper writes it, byte by byte");
        }
        RecordedLeaf leaf = file.leaf.leaf();
        boolean isOfThis = leaf.says(LeafField.OPERATION, Operation.EXPORT_CATALOGUE.text())
                && leaf.says(LeafField.OUTCOME, Outcome.DONE.text())
                && leaf.text(LeafField.POLICY).equals(Optional.of(file.catalogue.digest()));
        if (!isOfThis) {
            throw new IllegalArgumentException(
                    "expected a leaf that names the catalogue " + file.catalogue.digest() + ", found another one");
        }
        return file;
    }

    /** Its canonical JSON. */
    public byte[] bytes() {
        return CanonicalJson.bytes(
                Map.of("format", FORMAT, "catalogue", new String(catalogue.bytes(), UTF_8), "leaf", leaf.json()));
    }
}
