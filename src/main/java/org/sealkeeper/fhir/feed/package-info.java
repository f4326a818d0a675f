/** Brings what the audit log says to a FHIR server: each leaf, in order, at least once. */
@NullMarked
package org.sealkeeper.fhir.feed;

import org.jspecify.annotations.NullMarked;
