package org.sealkeeper.envelope;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A data key under the newest version of its key-encryption key.
 *
 * @param wrapped what is stored beside the record from now on; the text of before where it was under that version already
 * @param keyVersion that version
 * @param auditIndex the leaf of the audit log that says it was re-wrapped
 */
@Schema(
        name = "RewrappedDataKey",
        requiredProperties = {"wrapped", "keyVersion", "auditIndex"})
record RewrappedView(String wrapped, int keyVersion, long auditIndex) {}
