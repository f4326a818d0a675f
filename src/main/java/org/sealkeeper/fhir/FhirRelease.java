package org.sealkeeper.fhir;

/** The releases of FHIR that are written. */
public enum FhirRelease {
    R4,
    R5;

    private Form form() {
        return switch (this) {
            case R4 -> new R4Form();
            case R5 -> new R5Form();
        };
    }

    /** The AuditEvent that tells what a leaf says. */
    public Resource auditEvent(LoggedLeaf leaf) {
        return new Resource(
                "AuditEvent",
                leaf.id(),
                form().auditEvent(AuditedEvent.of(leaf)).json());
    }

    /** The Provenance of a signed block, with its signature; the releases write it alike. */
    public Resource provenance(SignedBlock block) {
        return new Resource("Provenance", block.id(), block.provenance().json());
    }

    /**
     * A resource of FHIR.
     *
     * @param id the same each time it is written
     * @param json in one line
     */
    public record Resource(String type, String id, String json) {}
}
