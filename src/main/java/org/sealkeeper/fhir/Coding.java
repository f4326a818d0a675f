package org.sealkeeper.fhir;

import java.util.Locale;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;

/** A code of a code system, and how that system calls it. */
record Coding(String system, String code, String display) {
    private static final String OWN = "urn:sealkeeper:fhir:";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

    /** Of DICOM's own terminology (PS3.16), which FHIR takes its kinds of security events from. */
    static Coding dicom(String code, String display) {
        return new Coding("http://dicom.nema.org/resources/ontology/DCM", code, display);
    }

    /** What happens to a record in its life (ISO 21089). */
    static Coding lifecycle(String code) {
        String name = code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1);
        return new Coding(TERMINOLOGY + "iso-21089-lifecycle", code, name + " Record Lifecycle Event");
    }

    /** Of a code system that HL7 keeps. */
    static Coding hl7(String system, String code, String display) {
        return new Coding(TERMINOLOGY + system, code, display);
    }

    /** Of IHE's Basic Audit Log Patterns. */
    static Coding balp(String code, String display) {
        return new Coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", code, display);
    }

    static Coding of(Operation operation) {
        return own("operation", operation.text());
    }

    static Coding of(Outcome outcome) {
        return own("outcome", outcome.text());
    }

    private static Coding own(String system, String code) {
        return new Coding(own(system), code, code.replace('-', ' '));
    }

    /** The URI of something that docs/formats/fhir publishes. */
    static String own(String name) {
        return OWN + name;
    }
}
