/** Tells FHIR servers what the audit log says: each leaf is an AuditEvent, each signed block has a Provenance. */
@NullMarked
package org.sealkeeper.fhir;

import org.jspecify.annotations.NullMarked;
