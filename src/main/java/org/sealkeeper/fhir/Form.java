package org.sealkeeper.fhir;

/** How one release of FHIR writes things down. */
sealed interface Form permits R4Form, R5Form {
    Members auditEvent(AuditedEvent event);
}
